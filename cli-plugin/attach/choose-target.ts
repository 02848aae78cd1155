import { t } from '../../language/t.ts'
import type { ClusterFacts, Workload } from '../../session/facts.ts'
import {
  assertNamespace,
  assertRights,
  findWorkload,
  lacksTrafficManager,
  trafficManagerMissing,
} from '../../session/judge-facts.ts'
import { type ListedWorkload, toListing } from '../../session/listing.ts'
import { containersOf, type Observed } from '../../session/observed.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Looker } from '../surroundings/looker.ts'
import { keyOf } from '../surroundings/read-workspace.ts'
import { type Asking, askMissing } from './ask.ts'
import type { CheckedOptions } from './check-options.ts'
import { chooseNetworks, type Networks } from './choose-networks.ts'
import type { AttachTyped } from './options.ts'

/** What in the cluster is meant, and what there is to know of it. */
export interface Target {
  readonly namespace: string
  readonly workload: Workload
  readonly facts: ClusterFacts
  readonly networks: Networks
  readonly lacksTrafficManager: boolean
}

interface Input {
  readonly typed: AttachTyped
  readonly options: CheckedOptions
  readonly environment: Environment
  /** What was there before any question. */
  readonly observed: Observed
  readonly looker: Looker
  readonly asking: Asking
}

/** Seconds that a workload gets to have a ready pod: where a session of ours may be taking it, as long as an attach takes. */
const PATIENCE = { withSession: 30, alone: 10 }

/** Asks in the order that KDE-cli's users know: namespace, CIDR, workload. */
export async function chooseTarget(input: Input): Promise<Target> {
  const { typed, environment, looker, asking } = input
  const [typedNamespace, typedWorkload] = typed.positionals
  const namespace = typedNamespace ?? (await askMissing.namespace(asking, (await looker.look()).namespaces))
  const [seen, workloads] = await Promise.all([
    looker.look(namespace, typedWorkload),
    typedWorkload === undefined ? listWorkloads(input, namespace) : [],
  ])
  assertNamespace(seen, namespace)
  const lacksManager = lacksTrafficManager(seen, {
    namespace,
    managerNamespace: environment.managerNamespace,
  })
  if (lacksManager) await consentToInstall(input, namespace)
  else assertRights(seen)
  const networks = await chooseNetworks(input, namespace)
  const name = typedWorkload ?? (await askMissing.workload(asking, workloads))
  // Only a look that knows the workload reads all that it declares.
  const first = typedWorkload === undefined ? await looker.look(namespace, name) : seen
  const facts = await lookUntilReady(input, namespace, name, first)
  const workload = findWorkload(facts, namespace, name)
  return { namespace, workload, facts, networks, lacksTrafficManager: lacksManager }
}

async function listWorkloads(
  { environment, observed, looker }: Input,
  namespace: string,
): Promise<readonly ListedWorkload[]> {
  return toListing(await looker.list(namespace), containersOf(observed, keyOf(environment)), namespace)
}

/** Who takes a workload for the first time, here or elsewhere, has its pods replaced: for a moment none is ready. */
async function lookUntilReady(
  { looker, asking: { edges } }: Input,
  namespace: string,
  name: string,
  first: ClusterFacts,
): Promise<ClusterFacts> {
  if (!isStarting(first, name)) return first
  const seconds = looker.hasSession(namespace) ? PATIENCE.withSession : PATIENCE.alone
  edges.emit({ type: 'remark', message: t`Waiting up to ${seconds} s for a ready pod of ${name}.` })
  const end = edges.now() + seconds * 1000
  let facts = first
  while (isStarting(facts, name) && edges.now() < end) {
    await edges.sleep(1000, edges.signals.abort)
    facts = await looker.look(namespace, name)
  }
  return facts
}

const isStarting = ({ workloads }: ClusterFacts, name: string): boolean =>
  workloads.some(workload => workload.name === name && workload.ready === 0 && workload.desired > 0)

/** Throws TRAFFIC_MANAGER_MISSING. The manager is the whole cluster's, so `--yes` alone does not install it. */
async function consentToInstall({ typed, environment, asking }: Input, namespace: string): Promise<void> {
  const { managerNamespace } = environment
  if (typed.values['install-traffic-manager'] === true || typed.values['dry-run'] === true) return
  const { prompts } = asking.edges
  const question = t`This cluster has no traffic-manager in namespace ${managerNamespace}. Install it, for everybody who uses the cluster?`
  if (prompts.available && (await prompts.confirm(question))) return
  throw trafficManagerMissing({ namespace, managerNamespace })
}
