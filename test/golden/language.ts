/** Before each test file here, and so before anything that holds a text: which language is spoken. */
import { inject } from 'vitest'
import type { Language } from '../../language/choose-language.ts'
import { speak } from '../../language/t.ts'
import { zhTW } from '../../language/zh-TW.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly language: Language
  }
}

if (inject('language') === 'zh-TW') speak(zhTW)
