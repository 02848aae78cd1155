import { LANGUAGES, type Language } from '../language/choose-language.ts'

const KEPT = 'kde-tp.language'
const TRADITIONAL = /^zh-(Hant|TW|HK|MO)\b/i

/** What the person has switched to, else what their browser asks for. */
export function pageLanguage(): Language {
  const kept = LANGUAGES.find(language => language === localStorage.getItem(KEPT))
  return kept ?? (TRADITIONAL.test(navigator.language) ? 'zh-TW' : 'en')
}

/** Texts are chosen as modules load, so the page loads again. */
export function switchLanguage(language: Language): void {
  localStorage.setItem(KEPT, language)
  window.location.reload()
}
