import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Edges } from '../../../cli-plugin/command.ts'
import { createDocker } from '../../../cli-plugin/edges/docker.ts'
import { actOn } from '../../../cli-plugin/keeper/keep.ts'
import { openLeases } from '../../../cli-plugin/keeper/leases.ts'
import { createKeeperLog } from '../../../cli-plugin/keeper/log.ts'
import { readWorld } from '../../../cli-plugin/keeper/read-world.ts'
import type { Keeping } from '../../../cli-plugin/keeper/remove.ts'
import { createRetries } from '../../../cli-plugin/keeper/retries.ts'
import { LABEL, type Labels, ownershipLabels, roleLabels } from '../../../compose/labels.ts'
import { type SessionInput, toSessionLabel } from '../../../compose/session-input.ts'
import { toAttachmentLabel } from '../../../session/attachment.ts'
import type { KeeperWorld, KnownAttachment } from '../../../session/keeper-world.ts'
import type { LeaseLine } from '../../../session/lease.ts'
import { type Made, type Recipe, sessionOf, WHENS } from '../../worlds/recipe.ts'
import { docker } from './engine.ts'
import { RUNTIME_IMAGE } from './publisher.ts'

/** A world of the keeper's on the real engine. All that it has bears its directory as a label. */
export interface BuiltWorld {
  observe(known?: readonly KnownAttachment[]): Promise<KeeperWorld>
  /** Plans and carries out as the keeper does, and returns the attachments that are left. */
  act(world: KeeperWorld): Promise<readonly KnownAttachment[]>
  /** The containers of others, with how they are. */
  foreign(): Promise<string>
  remove(): Promise<void>
}

const MARK = 'kde-tp-test.world'
/** What runs in all of them: ends at the first signal. A session that is asked to detach answers, and has nothing to ask. */
const MAIN = `#!/bin/bash
printf '#!/bin/bash\\nexit 0\\n' > /usr/local/bin/detach
trap 'exit $EXIT_CODE' TERM
sleep infinity & wait
`

export async function buildWorld(recipe: Recipe, directory: string, network: string): Promise<BuiltWorld> {
  const place = { directory, prefix: directory.split('/').at(-1) ?? '', network }
  for (const each of ['kubeconfig', 'logs', 'files', 'cache'])
    mkdirSync(join(directory, each), { recursive: true })
  writeFileSync(join(directory, 'main'), MAIN, { mode: 0o755 })
  await createAll(recipe.containers, place)
  const keptSince = await endThose(recipe, 0, place)
  const startedAt = await endThose(recipe, 1, place)
  const leases = openLeases(join(directory, 'keeper'))
  const settledAt = Date.now()
  await endThose(recipe, 2, place)
  for (const lease of recipe.leases) writeLease(lease, place)
  await stateThose(recipe, place)
  // Of what has just happened nothing has settled yet, however long it took here.
  const now = (recipe.passed === 1_000 ? settledAt : Date.now()) + recipe.passed
  const edges = { docker: createDocker({ program: 'docker', dockerOptions: [] }), now: () => now } as Edges
  const kept: Keeping = {
    name: `${place.prefix}-keeper`,
    workspacePath: directory,
    environment: 'world',
    image: RUNTIME_IMAGE,
    filesDirectory: join(directory, 'files'),
    user: '0:0',
    leases,
    namespaces: new Set(),
    retries: createRetries(edges.now),
    log: createKeeperLog(),
  }
  const known = recipe.known.map(each => ({ ...each, ...namesOf(each, place) }))
  return {
    observe(left = known) {
      const mind = { known: left, graceUntil: recipe.isGrace ? now + 1 : 0, keptSince, startedAt }
      return readWorld(kept, { ...mind, retryAt: kept.retries.times() }, leases.read, edges)
    },
    act: world => actOn(world, kept, edges),
    foreign: () => inspectForeign(recipe, place),
    remove: () => removeMarked(place),
  }
}

interface Place {
  readonly directory: string
  /** Of all names. */
  readonly prefix: string
  /** That a session may be made on. */
  readonly network: string
}

const nameIn = ({ prefix }: Place, name: string): string => `${prefix}-${name}`

const namesOf = (
  each: { readonly devContainer: string; readonly sessionContainer: string },
  place: Place,
) => ({
  devContainer: nameIn(place, each.devContainer),
  sessionContainer: nameIn(place, each.sessionContainer),
})

/** Holders first, whose network the others join; one that is gone later is there while they are made. */
async function createAll(containers: readonly Made[], place: Place): Promise<void> {
  const holders = containers.filter(({ role, owner }) => role === 'holder' && owner === 'us')
  await Promise.all(holders.map(each => create(each, ['--network', 'none'], place)))
  await start(holders, place)
  const others = containers.filter(each => !holders.includes(each))
  const networkOf = ({ namespace }: Made) =>
    holders.some(each => each.namespace === namespace)
      ? `container:${nameIn(place, `holder-${namespace}`)}`
      : 'none'
  await Promise.all(others.map(each => create(each, ['--network', networkOf(each)], place)))
  await start(
    others.filter(({ fate }) => fate !== 'created'),
    place,
  )
}

async function create(made: Made, network: readonly string[], place: Place): Promise<void> {
  const { name, namespace, role, fate } = made
  const exitCode = typeof fate === 'string' ? 0 : fate.exitCode
  await docker([
    ...['container', 'create', '--pull', 'never', '--name', nameIn(place, name), ...network],
    ...Object.entries(labelsOf(made, place)).flatMap(([label, value]) => ['--label', `${label}=${value}`]),
    ...(role === 'session' ? sessionMounts(place) : []),
    ...['--volume', `${place.directory}/main:/main:ro`, '--env', `EXIT_CODE=${exitCode}`],
    ...['--entrypoint', '/main', RUNTIME_IMAGE],
    ...['session', '--namespace', namespace, '--manager-namespace', 'none'],
  ])
}

/** What another one needs that takes its place to end its attachments. */
const sessionMounts = ({ directory }: Place): readonly string[] => [
  ...['--volume', `${directory}/kubeconfig:/kde-tp/kubeconfig:ro`],
  ...['--volume', `${directory}/logs:/kde-tp/logs`],
  ...['--volume', `${directory}/cache:/root/.cache/telepresence`],
]

const ownershipIn = ({ directory }: Place) => ({
  workspacePath: directory,
  environment: 'world',
  owner: 'test@test',
})

function labelsOf({ owner, ...made }: Made, place: Place): Labels {
  const ownership = {
    ...ownershipIn(place),
    ...(owner === 'another workspace' && { workspacePath: `${place.directory}/other` }),
  }
  const mark = { [MARK]: place.directory }
  if (owner === 'nobody') return mark
  const ours = owner === 'edited' ? ownershipLabels(ownership) : roleLabels(ownership, made.role)
  return {
    ...mark,
    ...ours,
    [LABEL.namespace]: made.namespace,
    ...(made.life !== undefined && { [LABEL.life]: made.life }),
    ...(made.attachment !== undefined && { [LABEL.attachment]: toAttachmentLabel(made.attachment) }),
    ...(made.role === 'dev' && { [LABEL.session]: toSessionLabel(sessionInput(made.namespace, place)) }),
    ...(made.devContainer !== undefined && { [LABEL.devContainer]: nameIn(place, made.devContainer) }),
    ...(made.role === 'holder' && composeLabels(`net-${made.namespace}`, place)),
  }
}

const sessionInput = (namespace: string, place: Place): SessionInput => ({
  project: place.prefix,
  ownership: ownershipIn(place),
  namespace,
  image: RUNTIME_IMAGE,
  containerName: nameIn(place, sessionOf(namespace)),
  hostname: 'world',
  network: { kind: 'external', name: place.network },
  managerNamespace: 'none',
  alsoProxy: [],
  kubeconfigDirectory: join(place.directory, 'kubeconfig'),
  logsDirectory: join(place.directory, 'logs'),
  groupId: '0',
})

/** By which Compose knows a container that it has made. */
const composeLabels = (service: string, { prefix }: Place): Labels => ({
  'com.docker.compose.project': prefix,
  'com.docker.compose.service': service,
  'com.docker.compose.container-number': '1',
  'com.docker.compose.oneoff': 'False',
  'com.docker.compose.config-hash': 'made by a test',
})

async function start(containers: readonly Made[], place: Place): Promise<void> {
  if (containers.length > 0)
    await docker(['container', 'start', ...containers.map(({ name }) => nameIn(place, name))])
}

/** Ends those whose time has come, and returns the moment after. */
async function endThose({ containers }: Recipe, when: number, place: Place): Promise<number> {
  const names = containers
    .filter(({ fate }) => typeof fate === 'object' && fate.when === WHENS[when])
    .map(({ name }) => nameIn(place, name))
  if (names.length > 0) await end(names)
  return Date.now()
}

/** The first process of a container takes no notice of a signal before it has set its trap, so it is asked again. */
async function end(names: readonly string[]): Promise<void> {
  for (let left = names; left.length > 0; left = await runningOf(names)) {
    await docker(['container', 'kill', '--signal', 'TERM', ...left]).catch(() => undefined)
    await sleep(100)
  }
}

/** By the engine's list, which tells of an end a moment later than `docker wait`. */
async function runningOf(names: readonly string[]): Promise<readonly string[]> {
  const running = await docker(['container', 'ls', '--format', '{{.Names}}'])
  return running.split('\n').filter(name => names.includes(name))
}

async function stateThose({ containers }: Recipe, place: Place): Promise<void> {
  const paused = containers.filter(({ fate }) => fate === 'paused').map(({ name }) => nameIn(place, name))
  if (paused.length > 0) await docker(['container', 'pause', ...paused])
}

/** As the program `lease` would have written it. */
function writeLease(
  { id, namespace, dev, isAttached, replacesSession, demand, state }: Recipe['leases'][number],
  place: Place,
): void {
  const file = join(place.directory, 'keeper', 'leases', id)
  const lines: readonly LeaseLine[] = [
    { type: 'namespace', namespace },
    ...(dev === undefined ? [] : [{ type: 'dev', ...dev, ...namesOf(dev, place) } as const]),
    ...(isAttached ? [{ type: 'attached' } as const] : []),
    ...(replacesSession ? [{ type: 'replaces-session' } as const] : []),
    ...(demand === undefined
      ? []
      : [demand.type === 'end' ? { ...demand, devContainer: nameIn(place, demand.devContainer) } : demand]),
    ...(state === 'farewell' ? [{ type: 'bye' } as const] : []),
  ]
  writeFileSync(file, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  if (state !== 'held') renameSync(file, `${file}.ended`)
}

async function inspectForeign({ containers }: Recipe, place: Place): Promise<string> {
  const names = containers.filter(({ owner }) => owner !== 'us').map(({ name }) => nameIn(place, name))
  return names.length === 0
    ? ''
    : docker(['container', 'inspect', '--format', '{{.Id}} {{json .State}}', ...names])
}

async function removeMarked(place: Place): Promise<void> {
  for (const filter of [`label=${MARK}=${place.directory}`, `label=${LABEL.workspace}=${place.directory}`]) {
    const containers = (await docker(['ps', '--all', '--quiet', '--filter', filter]))
      .split('\n')
      .filter(Boolean)
    if (containers.length > 0) await docker(['rm', '--force', '--volumes', ...containers])
    const volumes = (await docker(['volume', 'ls', '--quiet', '--filter', filter]))
      .split('\n')
      .filter(Boolean)
    if (volumes.length > 0) await docker(['volume', 'rm', ...volumes])
  }
  rmSync(place.directory, { recursive: true, force: true })
}
