import type { Deed } from './happening.ts'

/** Who has to answer a session for it to be of use. Who cannot reach the first does not hear the second either. */
const PARTIES = ['the API server', 'the traffic-manager'] as const
export type Party = (typeof PARTIES)[number]

/** What a session has heard so far. Times are milliseconds since 1970. */
export interface Heard {
  /** When each has answered last. */
  readonly answers: ReadonlyMap<Party, number>
  /** Who has not answered the last question. */
  readonly silent: ReadonlySet<Party>
  /** What was told, and is not over. */
  readonly outage: { readonly of: Party; readonly since: number } | undefined
}

export const NOTHING_HEARD: Heard = { answers: new Map(), silent: new Set(), outage: undefined }

/** A silence as short as a rollout's is not worth a word: milliseconds. */
const TOLD_AFTER = 15_000

/** Takes up that somebody has answered, or has not. An outage is told once when it begins and once when it is over. */
export function hear(
  before: Heard,
  party: Party,
  hasAnswered: boolean,
  now: number,
): { readonly heard: Heard; readonly deed?: Deed } {
  const heard = takeUp(before, party, hasAnswered, now)
  const { outage } = before
  const due = outage === undefined && isDue(heard, now) ? whoIsSilent(heard) : undefined
  if (due !== undefined) {
    const since = heard.answers.get(due) ?? now
    return { heard: { ...heard, outage: { of: due, since } }, deed: deedOf('silent', due, now - since) }
  }
  if (outage === undefined || heard.silent.size > 0) return { heard }
  return { heard: { ...heard, outage: undefined }, deed: deedOf('back', outage.of, now - outage.since) }
}

/** Who does not answer now, and so keeps others from answering; undefined where all do. */
export const whoIsSilent = ({ silent }: Heard): Party | undefined => PARTIES.find(party => silent.has(party))

function takeUp(heard: Heard, party: Party, hasAnswered: boolean, now: number): Heard {
  const since = hasAnswered ? now : (heard.answers.get(party) ?? now)
  const others = [...heard.silent].filter(each => each !== party)
  return {
    ...heard,
    answers: new Map(heard.answers).set(party, since),
    silent: new Set(hasAnswered ? others : [...others, party]),
  }
}

const isDue = ({ silent, answers }: Heard, now: number): boolean =>
  [...silent].some(party => now - (answers.get(party) ?? now) >= TOLD_AFTER)

const deedOf = (kind: 'silent' | 'back', what: Party, milliseconds: number): Deed => ({
  kind,
  what,
  because: `no answer for ${Math.round(milliseconds / 1000)} s`,
})
