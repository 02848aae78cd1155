import * as z from 'zod/mini'
import { speak } from '../language/t.ts'
import { pageLanguage } from './language.ts'

// It would try whether it may make code, which the page's policy reports as an attempt.
z.config({ jitless: true })

const language = pageLanguage()
document.documentElement.lang = language
if (language === 'zh-TW') speak((await import('../language/zh-TW.ts')).zhTW)
const { show } = await import('./show.tsx')
show(language)
