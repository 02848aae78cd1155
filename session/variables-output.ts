import { toYaml } from '../compose/yaml.ts'
import { quoted } from './quoted.ts'

export const VARIABLE_FORMATS = ['dotenv', 'sh', 'json', 'compose'] as const
/** Each is what its tool reads: `docker run --env-file`, a shell's `source`, a JSON parser, `docker compose`. */
export type VariableFormat = (typeof VARIABLE_FORMATS)[number]

type Variables = Readonly<Record<string, string>>

/** Bash would end at an assignment to one of these. */
const READ_ONLY = new Set(['UID', 'EUID', 'PPID', 'BASHOPTS', 'BASH_VERSINFO', 'SHELLOPTS'])
/** Docker reads a line of at most so many bytes. */
const LONGEST_LINE = 65_000

const carries: Readonly<Record<VariableFormat, (name: string, value: string) => boolean>> = {
  // Docker has no quotes: a line is a variable, its end is taken off with a carriage return before it.
  dotenv: (name, value) =>
    /^[^\s#]\S*$/.test(name) &&
    !/\n|\r$/.test(value) &&
    (name.length + value.length) * BYTES_PER_UNIT < LONGEST_LINE,
  sh: name => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !READ_ONLY.has(name),
  json: () => true,
  compose: () => true,
}
/** Of UTF-8, at most, for one of JavaScript's units of text. */
const BYTES_PER_UNIT = 3

/** The names of what a format cannot carry byte for byte. */
export const leftOutOf = (format: VariableFormat, variables: Variables): readonly string[] =>
  Object.entries(variables)
    .filter(([name, value]) => !carries[format](name, value))
    .map(([name]) => name)

const writes: Readonly<Record<VariableFormat, (variables: Variables, workload: string) => string>> = {
  dotenv: variables => lines(variables, (name, value) => `${name}=${value}`),
  sh: variables => lines(variables, (name, value) => `export ${name}=${quoted(value)}`),
  json: variables => `${JSON.stringify(variables, undefined, 2)}\n`,
  compose: (environment, workload) => toYaml({ services: { [workload]: { environment } } }),
}

/** The text of a file in that format. For Compose it is a service with the workload's name, to be merged with another file. */
export function writeVariables(format: VariableFormat, variables: Variables, workload: string): string {
  const leftOut = new Set(leftOutOf(format, variables))
  const carried = Object.entries(variables).filter(([name]) => !leftOut.has(name))
  return writes[format](Object.fromEntries(carried), workload)
}

const lines = (variables: Variables, line: (name: string, value: string) => string): string =>
  Object.entries(variables)
    .map(([name, value]) => `${line(name, value)}\n`)
    .join('')

const MASK = '********'

/** Every value hidden, and its length too. */
export const masked = (variables: Variables): Variables =>
  Object.fromEntries(Object.keys(variables).map(name => [name, MASK]))
