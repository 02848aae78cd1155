import type { Ended, StartOptions } from './person.ts'
import type { Scenario } from './scenario.ts'

/** How a command said that it failed. */
export interface Refusal {
  readonly exitCode: number
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly left?: string
  readonly detail?: string
}

/** Runs a command that is to fail; the last line of its events says why. Throws where it says nothing of that kind. */
export async function refusalOf(
  { person }: Pick<Scenario, 'person'>,
  words: readonly string[],
  options: StartOptions = {},
): Promise<Refusal> {
  const dashes = words.indexOf('--')
  const asJson = words.toSpliced(dashes === -1 ? words.length : dashes, 0, '--format', 'json')
  return parseRefusal(await person.run(asJson, options))
}

function parseRefusal({ exitCode, stdout, stderr }: Ended): Refusal {
  const last = stdout.trim().split('\n').at(-1) ?? ''
  const event = last.startsWith('{') ? (JSON.parse(last) as Refusal & { readonly type: string }) : undefined
  if (event?.type === 'error' && event.exitCode === exitCode) return event
  throw new Error(`ended with ${exitCode} and no error\n${stdout}\n${stderr}`)
}
