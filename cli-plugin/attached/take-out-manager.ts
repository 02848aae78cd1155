import { t } from '../../language/t.ts'
import { readAllClients } from '../../session/commands/agents.ts'
import { helmUninstall } from '../../session/commands/helm.ts'
import { errorText } from '../../session/commands/telepresence.ts'
import { KdeTpError } from '../../session/errors.ts'
import { containersOf, isRunning, type Observed } from '../../session/observed.ts'
import { affectedText } from '../../session/plan-uninstall.ts'
import { succeeded } from '../../session/tool-command.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import type { Looker } from '../surroundings/looker.ts'
import type { Reach } from '../surroundings/reach.ts'
import { keyOf } from '../surroundings/read-workspace.ts'
import { runtimeImage } from '../version.ts'
import { assertYes } from './confirm-others.ts'
import type { Listing } from './read-listing.ts'
import { clientPlace, untilGone } from './take-out-agents.ts'

interface Input {
  readonly environment: Environment
  readonly reach: Reach
  readonly observed: Observed
  readonly looker: Looker
  readonly listing: Listing
  /** A yes to the question. */
  readonly assumeYes: boolean
}

/** Takes out the traffic-manager and all agents, once it is said whom that ends. Throws CANCELLED, TOOL_FAILED or NOT_ENDED. */
export async function takeOutManager(input: Input, edges: Edges): Promise<void> {
  const { environment, looker, listing } = input
  const { manager } = await looker.look(listing.namespace)
  if (manager.found === 'no') {
    const message = t`There is no traffic-manager in namespace ${environment.managerNamespace}, so there is nothing to take out.`
    edges.emit({ type: 'remark', message })
    return
  }
  await consent(affectedText(await findClients(input, edges), sessionsOf(input)), input, edges)
  const name = t`Take out the traffic-manager of namespace ${environment.managerNamespace}, and all agents`
  edges.emit({ type: 'step', name, state: 'started', because: t`you asked for it` })
  try {
    await uninstallAll(input, edges)
  } catch (error) {
    edges.emit({ type: 'step', name, state: 'failed' })
    throw error
  }
  edges.emit({ type: 'step', name, state: 'done' })
}

/** A manager that answers nobody may be taken out too. */
async function findClients(
  { environment, reach, listing: { namespace } }: Input,
  edges: Edges,
): Promise<readonly string[] | undefined> {
  try {
    return await edges.docker(readAllClients(clientPlace({ environment, reach, namespace }, edges)))
  } catch (error) {
    if (!(error instanceof KdeTpError) || edges.signals.abort.aborted) throw error
    edges.emit({ type: 'remark', message: [error.message, error.detail ?? ''].join(' ').trim() })
    return undefined
  }
}

/** Also those that have attached nothing, or ingest. */
const sessionsOf = ({ observed, environment }: Input): readonly string[] =>
  containersOf(observed, keyOf(environment))
    .filter(container => container.role === 'session' && isRunning(container))
    .map(({ namespace = '', owner = '' }) => `${namespace} (${owner})`)

/** Without a terminal the option is the consent, and what it ends is told. */
async function consent(affected: string, { assumeYes }: Input, { prompts, emit }: Edges): Promise<void> {
  if (assumeYes || !prompts.available) emit({ type: 'remark', message: affected })
  else await assertYes(t`${affected} Take it out?`, prompts)
}

async function uninstallAll({ environment, reach, looker, listing }: Input, edges: Edges): Promise<void> {
  const { managerNamespace } = environment
  const output = await edges.docker(
    helmUninstall({
      image: runtimeImage(edges.environment),
      network: reach.lookNetwork,
      kubeconfig: reach.kubeconfig.json,
      managerNamespace,
    }),
  )
  if (!succeeded(output)) throw notTakenOut(managerNamespace, errorText(output))
  const withAgent = listing.workloads.filter(({ agent }) => agent === 'sidecar').map(({ name }) => name)
  await untilGone(withAgent, { place: listing, looker }, edges)
}

const notTakenOut = (managerNamespace: string, detail: string): KdeTpError =>
  new KdeTpError('TOOL_FAILED', t`Helm has not taken the traffic-manager out.`, {
    detail,
    hint: t`Look why with: kubectl --namespace ${managerNamespace} get events,jobs,pods`,
    left: t`The traffic-manager may still be there, without some of the agents.`,
  })
