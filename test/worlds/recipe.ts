import fc from 'fast-check'
import type { Life, Role } from '../../compose/labels.ts'
import type { Attachment } from '../../session/attachment.ts'
import type { KnownAttachment } from '../../session/keeper-world.ts'
import type { Lease } from '../../session/lease.ts'

/** When a container ended: before the keeper's was made, before its process was started, or since. */
export const WHENS = ['before the keeper', 'with the engine', 'under the keeper'] as const
export type Fate =
  | 'running'
  | 'paused'
  | 'created'
  | { readonly exitCode: number; readonly when: (typeof WHENS)[number] }

/** `nobody` has no label of ours; `edited` has all but the role; the others have all. */
export type Owner = 'us' | 'another workspace' | 'nobody' | 'edited'

export interface Made {
  readonly owner: Owner
  readonly name: string
  readonly namespace: string
  readonly role: Role
  readonly fate: Fate
  readonly life: Life | undefined
  readonly attachment: Attachment | undefined
  /** Of a publisher, an inlet or a mounter. */
  readonly devContainer: string | undefined
}

/** A world of the keeper's that can be told of in thought, and made on an engine. */
export interface Recipe {
  readonly containers: readonly Made[]
  readonly leases: readonly Omit<Lease, 'endedAt'>[]
  /** Attachments that the keeper has seen before. */
  readonly known: readonly KnownAttachment[]
  readonly isGrace: boolean
  /** Milliseconds since the last of it happened. */
  readonly passed: (typeof PASSED)[number]
}

/** A quit may still be a restart; no more, but a lost lease may be taken again; no more either. */
export const PASSED = [1_000, 7_000, 60_000] as const

const NAMESPACES = ['a', 'b']
/** As their names tell. */
const NAMESPACE_OF = { 'dev-1': 'a', 'dev-2': 'a', 'dev-3': 'b' }
const DEV_CONTAINERS = Object.keys(NAMESPACE_OF) as (keyof typeof NAMESPACE_OF)[]
const FOREIGN = 'of-nobody'
const SERVING = ['publisher', 'inlet', 'mounter'] as const
export const sessionOf = (namespace: string): string => `session-${namespace}`

const anyNamespace = fc.constantFrom(...NAMESPACES)
const anyDevContainer = fc.constantFrom(...DEV_CONTAINERS)
const anyWorkload = fc.constantFrom('api', 'web')

const anyEnd = fc.record({
  exitCode: fc.constantFrom(0, 1, 3, 137),
  when: fc.constantFrom(...WHENS),
})
const anyFate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 5, arbitrary: fc.constant('running' as const) },
  { weight: 1, arbitrary: fc.constantFrom('paused' as const, 'created' as const) },
  { weight: 3, arbitrary: anyEnd },
)
/** What others joined has run, so it was not only created. */
const anyHolderFate = anyFate.filter(fate => fate !== 'created')
const anyLabel: fc.Arbitrary<Attachment> = fc
  .record({ workload: anyWorkload, isMounted: fc.integer({ min: 0, max: 3 }).map(each => each === 0) })
  .map(({ workload, isMounted }) => ({
    ...{ mode: 'intercept', workload, ports: [], agent: 'sidecar' },
    ...(isMounted && { mount: 'live' }),
  }))
const anyLife = fc.constantFrom('leased' as const, 'detached' as const)

const support = (role: 'holder' | 'session', namespace: string): fc.Arbitrary<Made> =>
  fc.record({
    owner: fc.constant('us' as const),
    name: fc.constant(`${role}-${namespace}`),
    namespace: fc.constant(namespace),
    role: fc.constant(role),
    fate: role === 'holder' ? anyHolderFate : anyFate,
    life: fc.constant(undefined),
    attachment: fc.constant(undefined),
    devContainer: fc.constant(undefined),
  })

const devContainer = (name: keyof typeof NAMESPACE_OF): fc.Arbitrary<Made> =>
  fc.record({
    owner: fc.constant('us' as const),
    name: fc.constant(name),
    namespace: fc.constant(NAMESPACE_OF[name]),
    role: fc.constant('dev' as const),
    fate: anyFate,
    life: anyLife,
    attachment: fc.option(anyLabel, { nil: undefined }),
    devContainer: fc.constant(undefined),
  })

const serving = (role: (typeof SERVING)[number]): fc.Arbitrary<Made> =>
  fc.record({ devContainer: anyDevContainer, fate: anyFate }).map(({ devContainer, fate }) => ({
    owner: 'us' as const,
    name: `${role}-1`,
    namespace: NAMESPACE_OF[devContainer],
    role,
    fate,
    life: undefined,
    attachment: undefined,
    devContainer,
  }))

/** In all but one thing like ours. */
const anyForeign: fc.Arbitrary<Made> = fc.record({
  owner: fc.constantFrom('another workspace' as const, 'nobody' as const, 'edited' as const),
  name: fc.constant(FOREIGN),
  namespace: anyNamespace,
  role: fc.constantFrom('session' as const, 'dev' as const, 'publisher' as const),
  fate: anyFate,
  life: anyLife,
  attachment: anyLabel,
  devContainer: anyDevContainer,
})

/** Some of what there may be: a namespace has at most one holder and one session. */
const anyContainers: fc.Arbitrary<readonly Made[]> = fc
  .tuple(
    ...NAMESPACES.flatMap(namespace => [support('holder', namespace), support('session', namespace)]),
    ...DEV_CONTAINERS.map(devContainer),
    ...SERVING.map(serving),
    anyForeign,
  )
  .chain(all => fc.subarray(all))

/** Whoever writes into a lease may name what is not ours. */
const anyAttachment: fc.Arbitrary<KnownAttachment> = fc
  .record({
    devContainer: anyDevContainer,
    isForeign: fc.integer({ min: 0, max: 9 }).map(each => each === 0),
    workload: anyWorkload,
  })
  .map(({ devContainer, isForeign, workload }) => {
    const namespace = NAMESPACE_OF[devContainer]
    return { namespace, devContainer, sessionContainer: isForeign ? FOREIGN : sessionOf(namespace), workload }
  })

const anyDemand: fc.Arbitrary<Lease['demand']> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('end' as const), devContainer: anyDevContainer }) },
  { weight: 1, arbitrary: fc.constant({ type: 'end-all' as const }) },
)

const anyLease: fc.Arbitrary<Omit<Lease, 'endedAt'>> = fc
  .record({
    id: fc.uuid(),
    attachment: anyAttachment,
    isOfDev: fc.boolean(),
    isAttached: fc.boolean(),
    replacesSession: fc.integer({ min: 0, max: 5 }).map(each => each === 0),
    demand: anyDemand,
    state: fc.constantFrom('held' as const, 'farewell' as const, 'lost' as const),
  })
  .map(({ attachment: { namespace, ...dev }, isOfDev, ...lease }) => ({
    ...lease,
    namespace,
    dev: isOfDev ? dev : undefined,
  }))

export const anyRecipe: fc.Arbitrary<Recipe> = fc.record({
  containers: anyContainers,
  leases: fc.array(anyLease, { maxLength: 3 }),
  known: fc.array(anyAttachment, { maxLength: 2 }),
  isGrace: fc.integer({ min: 0, max: 5 }).map(each => each === 0),
  passed: fc.constantFrom(...PASSED),
})
