/** English texts, with {0}, {1} … where their values go, and what each is in another language. */
export type Catalogue = Readonly<Record<string, string>>

let spoken: Catalogue = {}

/** Says what comes in another language. To be called before anything that speaks is loaded: modules hold texts. */
export function speak(catalogue: Catalogue): void {
  spoken = catalogue
}

/**
 * A text for a person, in the language that is spoken. The English one stands in the code and is the key of the others,
 * with {0}, {1} … for its values. Said in English where the catalogue lacks it.
 */
export function t(parts: TemplateStringsArray, ...values: readonly (string | number | undefined)[]): string {
  const key = parts.reduce((text, part, index) => `${text}{${index - 1}}${part}`)
  return (spoken[key] ?? key).replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)] ?? ''))
}
