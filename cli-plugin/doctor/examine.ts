import { t } from '../../language/t.ts'
import { readEngine } from '../../session/commands/docker.ts'
import { type Finding, ok, toFinding } from '../../session/finding.ts'
import { assertUsable, judgeEngine } from '../../session/judge-engine.ts'
import { judgeLeftovers } from '../../session/judge-leftovers.ts'
import { listContainers } from '../../session/observed.ts'
import type { Edges } from '../command.ts'
import { assertCompose, requireImage } from '../surroundings/check-engine.ts'
import { runtimeImage } from '../version.ts'
import { type Examined, examineCluster } from './examine-cluster.ts'
import { examineInstallation } from './examine-installation.ts'

/** Looks at all that an attachment needs, from the engine to the cluster, and changes nothing. */
export async function examine(examined: Examined, edges: Edges): Promise<readonly Finding[]> {
  const engine = await part(t`Engine`, () => examineEngine(edges))
  const installation = await part(t`Installation`, () => examineInstallation(edges))
  const isUsable = engine.every(({ state }) => state !== 'failed')
  // Without an engine nothing else can be looked at.
  if (!isUsable) return [...engine, ...installation]
  const cluster = await part(t`Cluster`, () => examineCluster(examined, edges))
  const leftovers = await part(t`Leftovers`, async () => judgeLeftovers(await edges.docker(listContainers())))
  return [...engine, ...installation, ...cluster, ...leftovers]
}

async function examineEngine(edges: Edges): Promise<readonly Finding[]> {
  const facts = await edges.docker(readEngine)
  assertUsable(facts)
  assertCompose(facts.composeVersion)
  const image = runtimeImage(edges.environment)
  await requireImage(image, t`The runtime image`, edges)
  return [
    ...judgeEngine(facts),
    ok(t`Compose`, t`Docker Compose ${facts.composeVersion}.`),
    ok(t`Runtime image`, t`${image} is here.`),
  ]
}

/** What one part finds; its failure is a finding too. */
async function part(subject: string, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await look()
  } catch (error) {
    return [toFinding(subject, error)]
  }
}
