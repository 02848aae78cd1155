export const LANGUAGES = ['en', 'zh-TW'] as const
export type Language = (typeof LANGUAGES)[number]

/** Traditional Chinese, as a locale's name has it; zh_CN and zh_SG write Simplified Chinese. */
const TRADITIONAL = /^zh[-_](Hant|TW|HK|MO)(?![a-z])/i

/** The language of the messages, by POSIX's order of the variables: the first that is set decides. */
export function chooseLanguage(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find(
    value => value !== undefined && value !== '',
  )
  return TRADITIONAL.test(locale ?? '') ? 'zh-TW' : 'en'
}
