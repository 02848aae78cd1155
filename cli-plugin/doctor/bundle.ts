import { resolve } from 'node:path'
import { t } from '../../language/t.ts'
import { readEngine, readLogs } from '../../session/commands/docker.ts'
import type { Finding } from '../../session/finding.ts'
import { listContainers, type ObservedContainer } from '../../session/observed.ts'
import type { Edges } from '../command.ts'
import { version } from '../version.ts'

const LAST_LINES = 500

/**
 * Writes one JSON file: findings, versions, our containers without their environment, and what they have logged. None of
 * that holds a secret: events, labels and logs never do.
 */
export async function writeBundle(file: string, findings: readonly Finding[], edges: Edges): Promise<void> {
  const path = resolve(edges.workingDirectory, file)
  const content = { version, findings, ...(await readContainers(edges)) }
  edges.files.writeText(path, `${JSON.stringify(content, undefined, 2)}\n`, 0o600)
  edges.emit({ type: 'remark', message: t`Wrote ${path}. Read it before you hand it on.` })
}

/** Empty where no engine answers, which the findings tell. */
async function readContainers({ docker }: Edges): Promise<object> {
  try {
    const { containers } = await docker(listContainers())
    const ours = containers.filter(({ role }) => role !== undefined)
    // A dev container's log is the person's own program's.
    const logged = ours.filter(({ role }) => role !== 'dev')
    const logs = await Promise.all(
      logged.map(async ({ name }) => [name, await docker(readLogs(name, LAST_LINES))]),
    )
    return {
      engine: await docker(readEngine),
      containers: ours.map(withoutId),
      logs: Object.fromEntries(logs),
    }
  } catch {
    return {}
  }
}

const withoutId = ({ id: _, ...container }: ObservedContainer): object => container
