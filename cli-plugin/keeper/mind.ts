import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { KeeperWorld } from '../../session/keeper-world.ts'
import { KEEPER_DIRECTORY } from '../../session/lease.ts'

/** What of a keeper's world is to be seen nowhere else. */
export type Mind = Pick<KeeperWorld, 'known' | 'graceUntil' | 'keptSince' | 'startedAt' | 'retryAt'>

const FILE = `${KEEPER_DIRECTORY}/mind.json`

/** For `keeper-plan`, which is another process in the keeper's container. */
export function writeMind({ known, graceUntil, keptSince, startedAt, retryAt }: Mind): void {
  const mind = { known, graceUntil, keptSince, startedAt, retryAt: [...retryAt] }
  writeFileSync(`${FILE}.draft`, JSON.stringify(mind))
  renameSync(`${FILE}.draft`, FILE)
}

/** Throws where no keeper has looked yet. */
export function readMind(): Mind {
  const mind = JSON.parse(readFileSync(FILE, 'utf8')) as Mind & { readonly retryAt: [string, number][] }
  return { ...mind, retryAt: new Map(mind.retryAt) }
}
