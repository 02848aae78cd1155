import { afterEach, describe, expect, test } from 'vitest'
import { chooseLanguage } from '../../../language/choose-language.ts'
import { speak, t } from '../../../language/t.ts'

describe('a text', () => {
  afterEach(() => speak({}))

  test('is English, with its values, where no other language is spoken', () => {
    expect(t`${'api'} has ${2} ports.`).toBe('api has 2 ports.')
  })

  test('is said in the language that is spoken, which may put its values in another order', () => {
    speak({ '{0} of {1}': '{1} 的 {0}' })
    expect(t`${'port'} of ${'api'}`).toBe('api 的 port')
  })

  test('takes a value as it is, whatever is in it', () => {
    expect(t`${'{1} $& $1'} and ${'b'}`).toBe('{1} $& $1 and b')
  })
})

describe('the language', () => {
  test.for([
    [{}, 'en'],
    [{ LANG: 'zh_TW.UTF-8' }, 'zh-TW'],
    [{ LANG: 'zh_Hant_TW' }, 'zh-TW'],
    [{ LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LANG: 'zh_TW.UTF-8', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_TW' }, 'zh-TW'],
    [{ LANG: 'zh_TW', LC_ALL: '' }, 'zh-TW'],
  ] as const)('of %j is %s', ([environment, language]) => {
    expect(chooseLanguage([], environment)).toBe(language)
  })

  test.for([
    [['list', '--lang', 'en'], 'en'],
    [['--lang=en', 'list'], 'en'],
    [['list', '--lang', 'fr'], 'zh-TW'],
    [['exec', '--', 'program', '--lang', 'en'], 'zh-TW'],
  ] as const)('where the locale is zh_TW and %j is typed is %s', ([words, language]) => {
    expect(chooseLanguage(words, { LANG: 'zh_TW' })).toBe(language)
  })
})
