import { stringify } from 'yaml'
import type { ComposeProject } from './project.ts'

/** Compose's YAML reader refuses these, or takes them for ends of lines, where they are not escaped. */
const TO_ESCAPE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g

/**
 * The project as Compose reads it. Every string and name is in double quotes, because Compose's YAML takes more plain
 * words for numbers, booleans and merges than YAML 1.2 does, and every `$` is doubled, because Compose would expand it.
 */
export const toComposeYaml = (project: ComposeProject): string => toYaml(project)

/** The same for a part of a project. */
export function toYaml(part: object): string {
  return stringify(withoutExpansion(part), {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'QUOTE_DOUBLE',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  }).replace(TO_ESCAPE, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function withoutExpansion(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$')
  if (Array.isArray(value)) return value.map(withoutExpansion)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutExpansion(inner)]))
}
