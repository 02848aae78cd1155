import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { SESSION_PATHS } from '../../compose/session.ts'
import { CHANGES, Change } from '../../session/commands/changes.ts'
import { toAttachResult } from '../../session/commands/telepresence.ts'
import { deedLine } from '../../session/happening.ts'
import { type News, parseKeptNews, toKeptNews } from '../../session/news.ts'
import type { Log } from './state.ts'

/** What `attach` has written: a file for each workload that this session attaches, the call's words in it. */
const ATTACHMENTS = `${SESSION_PATHS.cache}/attachments`
/** What Telepresence has answered to the attach of which the dev container was made. */
const ANSWERS = `${SESSION_PATHS.cache}/answers`
/** What `session-state --news` reads. `attach` and `detach` take it out. */
const NEWS = `${SESSION_PATHS.cache}/news`

/** The workloads that this session is to hold, and when each was attached: milliseconds since 1970. */
export async function readWished(): Promise<ReadonlyMap<string, number>> {
  const names = await readdir(ATTACHMENTS).catch(() => [])
  return new Map(await Promise.all(names.map(async name => [name, await attachedAt(name)] as const)))
}

/** 0 where somebody has detached it meanwhile. */
export const attachedAt = (workload: string): Promise<number> =>
  stat(`${ATTACHMENTS}/${workload}`).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )

/** The words by which it was attached; undefined where somebody has detached it meanwhile. */
export async function readWords(workload: string): Promise<readonly string[] | undefined> {
  const text = await readFile(`${ATTACHMENTS}/${workload}`, 'utf8').catch(() => undefined)
  return text?.split('\0').slice(0, -1)
}

/** It is nothing to be taken up any more, and whoever asks is told so. */
export async function lose(workload: string, text: string, log: Log): Promise<void> {
  await rm(`${ATTACHMENTS}/${workload}`, { force: true })
  await tellNews({ kind: 'lost', workload, at: new Date().toISOString(), text }, log)
}

export async function tellNews(news: News, log: Log): Promise<void> {
  await mkdir(NEWS, { recursive: true })
  await writeFile(`${NEWS}/${news.workload}`, toKeptNews(news))
  log(deedLine({ kind: news.kind, what: news.workload, because: news.text }))
}

/** The workloads that somebody else has taken or ended, and that nobody has left or attached again since. */
export async function readLost(): Promise<string[]> {
  const workloads = await readdir(NEWS).catch(() => [])
  const news = await Promise.all(
    workloads.map(async workload => {
      const kept = await readFile(`${NEWS}/${workload}`, 'utf8')
      return parseKeptNews(`${workload} ${kept.trimEnd()}`)
    }),
  )
  return news.flatMap(each => (each?.kind === 'lost' ? each.workload : []))
}

/** What the pods' variables are known to be; undefined where somebody has detached it meanwhile. */
export async function readKnown(workload: string): Promise<Change | undefined> {
  const kept = await readFile(`${CHANGES}/${workload}`, 'utf8').catch(() => undefined)
  if (kept !== undefined) return Change.parse(JSON.parse(kept))
  const answer = await readFile(`${ANSWERS}/${workload}`, 'utf8').catch(() => undefined)
  if (answer === undefined) return undefined
  const { environment, container } = toAttachResult(answer)
  return { before: environment, now: environment, ...(container !== undefined && { container }) }
}

export async function keepChange(workload: string, change: Change): Promise<void> {
  await mkdir(CHANGES, { recursive: true })
  await writeFile(`${CHANGES}/${workload}`, JSON.stringify(change), { mode: 0o600 })
}
