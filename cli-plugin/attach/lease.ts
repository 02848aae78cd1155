import { randomUUID } from 'node:crypto'
import { containerExists } from '../../session/commands/docker.ts'
import { type Demand, GRANTED, type LeaseLine, leaseArgs, leaseId, REVOKED } from '../../session/lease.ts'
import type { Edges } from '../command.ts'
import type { Held } from '../edges/engine.ts'

/** Says to the keeper that somebody alive wants what is under it. */
export interface HeldLease {
  /** What it is also on from now. */
  add(line: LeaseLine): void
  /** Ends it in order, and returns when the keeper has taken away what nobody wants any longer. */
  farewell(): Promise<void>
  /** Somebody has ended all that is under it. */
  isRevoked(): boolean
}

export interface LeaseInput {
  readonly keeper: string
  readonly namespace: string
  /** What the command is about to use, to make, to have ended, or to put in another's place. */
  readonly wanted: Extract<LeaseLine, { type: 'dev' | 'replaces-session' }> | Demand
  readonly startKeeper: () => Promise<void>
  /** Whether there is anything of ours for a keeper to take away. */
  readonly isAnythingThere: () => Promise<boolean>
}

const RETAKE_AFTER = 500
/** Longer than a session takes to quit, and a container to be removed. */
const FAREWELL_PATIENCE = 60_000
const MOST_LOOKS = 50

/** Undefined where the keeper went away meanwhile. A keeper that goes away later is started, and the lease taken again. */
export async function takeLease(input: LeaseInput, edges: Edges): Promise<HeldLease | undefined> {
  const { engine, sleep } = edges
  const lines: LeaseLine[] = [input.wanted]
  const command = randomUUID()
  let turn = 0
  let isOver = false
  let isRevoked = false

  const take = async (): Promise<Held | undefined> => {
    turn += 1
    const held = engine.hold(leaseArgs(input.keeper, leaseId(command, turn), input.namespace, lines))
    return (await held.firstLine) === GRANTED ? held : undefined
  }
  const takeAgain = async (): Promise<void> => {
    await input.startKeeper().catch(() => undefined)
    current = await take()
  }
  const follow = async (): Promise<void> => {
    while (!isOver) {
      isRevoked = (await current?.ended)?.exitCode === REVOKED
      if (isOver || isRevoked) return
      await sleep(RETAKE_AFTER)
      if (!isOver) await takeAgain()
    }
  }

  let current = await take()
  if (current === undefined) return undefined
  void follow()
  return {
    add(line) {
      lines.push(line)
      current?.write(JSON.stringify(line))
    },
    async farewell() {
      isOver = true
      // Without a keeper nobody would clean up.
      if ((await hasEnded(current, edges)) && (!isRevoked || (await input.isAnythingThere())))
        await takeAgain()
      current?.write(JSON.stringify({ type: 'bye' } satisfies LeaseLine))
      current?.end()
      const ended = await Promise.race([current?.ended, sleep(FAREWELL_PATIENCE).then(() => undefined)])
      // The stream that the keeper ends by its own end is over a moment before its container is gone.
      if (ended?.exitCode !== 0) await removal(input.keeper, edges)
    },
    isRevoked: () => isRevoked,
  }
}

const hasEnded = (held: Held | undefined, { sleep }: Edges): Promise<boolean> =>
  held === undefined
    ? Promise.resolve(true)
    : Promise.race([held.ended.then(() => true), sleep(0).then(() => false)])

async function removal(container: string, { dockerUncancelled, sleep }: Edges): Promise<void> {
  for (
    let looks = 0;
    looks < MOST_LOOKS && (await dockerUncancelled(containerExists(container)));
    looks += 1
  ) {
    await sleep(100)
  }
}
