import { stringify } from 'yaml'
import type { ComposeProject } from './project.ts'

/**
 * The project as Compose reads it. Every string is in double quotes, because Compose's YAML takes more plain words for
 * numbers and booleans than YAML 1.2 does, and every `$` is doubled, because Compose would expand it.
 */
export function toComposeYaml(project: ComposeProject): string {
  return stringify(withoutExpansion(project), {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  })
}

function withoutExpansion(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$')
  if (Array.isArray(value)) return value.map(withoutExpansion)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutExpansion(inner)]))
}
