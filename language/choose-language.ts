export const LANGUAGES = ['en', 'zh-TW'] as const
export type Language = (typeof LANGUAGES)[number]

/** Traditional Chinese, as a locale's name has it; zh_CN and zh_SG write Simplified Chinese. */
const TRADITIONAL = /^zh[-_](Hant|TW|HK|MO)(?![a-z])/i

const isLanguage = (text: string | undefined): text is Language =>
  LANGUAGES.some(language => language === text)

/** The language of the messages: what `--lang` names, or the locale, of which POSIX takes the first variable that is set. */
export function chooseLanguage(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const typed = typedLanguage(words)
  if (isLanguage(typed)) return typed
  const locale = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find(
    value => value !== undefined && value !== '',
  )
  return TRADITIONAL.test(locale ?? '') ? 'zh-TW' : 'en'
}

/** What is no language is refused where all words are read. */
function typedLanguage(words: readonly string[]): string | undefined {
  const dashes = words.indexOf('--')
  const ours = dashes === -1 ? words : words.slice(0, dashes)
  const at = ours.findLastIndex(word => word === '--lang' || word.startsWith('--lang='))
  return ours[at]?.split('=')[1] ?? ours[at + 1]
}
