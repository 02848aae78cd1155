import { deedLine } from '../../session/happening.ts'
import { hear, NOTHING_HEARD, type Party, whoIsSilent } from '../../session/outage.ts'
import type { Edges } from '../command.ts'
import { type Log, tellSilence } from './state.ts'

/** Is told that somebody has answered, or has not. */
export type Listening = (party: Party, hasAnswered: boolean) => void

/** Says who does not answer, over all connections. */
export function createListening(log: Log, { now }: Pick<Edges, 'now'>): Listening {
  let heard = NOTHING_HEARD
  tellSilence(undefined)
  return (party, hasAnswered) => {
    const next = hear(heard, party, hasAnswered, now())
    const silent = whoIsSilent(next.heard)
    if (silent !== whoIsSilent(heard)) tellSilence(silent)
    heard = next.heard
    if (next.deed !== undefined) log(deedLine(next.deed))
  }
}
