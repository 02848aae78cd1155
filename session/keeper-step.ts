import * as z from 'zod/mini'
import type { Deed } from './happening.ts'
import type { KeeperWorld } from './keeper-world.ts'
import { ALL_OF_IT } from './lease.ts'
import { targetOf } from './plan-healing.ts'
import { type KeeperStep, planKeeping } from './plan-keeping.ts'

/** A step of a keeper's plan, to be shown. */
export const PlannedStep = z.object({
  kind: z.string(),
  /** Undefined where it is about all of them. */
  namespace: z.optional(z.string()),
  /** As `remove kde-tp-demo-dev-myapp-shop`. */
  name: z.string(),
  because: z.string(),
})
export type PlannedStep = z.infer<typeof PlannedStep>

/** What a keeper would do in this world, in its order. */
export const plannedSteps = (world: KeeperWorld): PlannedStep[] =>
  planKeeping(world).map(step => {
    const namespace = namespaceOf(step)
    const { kind, because } = step
    return { kind, ...(namespace !== undefined && { namespace }), name: nameOf(step), because }
  })

/** What a step does, before and after, and of a repair which one it was. */
const WORDS = {
  start: ['start', 'repair', 'started '],
  'make-session': ['make', 'repair', 'started '],
  'mount-volumes': ['mount', 'repair', 'mounted '],
  detach: ['detach', 'detached'],
  'remove-dev-container': ['remove', 'removed'],
  'remove-publishers': ['remove', 'removed'],
  'remove-namespace': ['remove', 'removed'],
  'end-all': ['remove', 'removed'],
  leave: ['remove', 'left'],
} as const satisfies Readonly<Record<KeeperStep['kind'], readonly [string, Deed['kind'], string?]>>

/** As a plan names it: `remove kde-tp-demo-dev-myapp-shop`. */
export const nameOf = (step: KeeperStep): string => `${WORDS[step.kind][0]} ${objectOf(step)}`

/** As a log tells it when it is done. */
export const deedOf = (step: KeeperStep): Deed => ({
  namespace: namespaceOf(step),
  kind: WORDS[step.kind][1],
  what: `${WORDS[step.kind][2] ?? ''}${objectOf(step)}`,
  because: step.because,
})

/** Undefined where it is about all of them. */
function namespaceOf(step: KeeperStep): string | undefined {
  if (step.kind === 'detach') return step.attachment.namespace
  const namespace = 'namespace' in step ? step.namespace : ALL_OF_IT
  return namespace === ALL_OF_IT ? undefined : namespace
}

function objectOf(step: KeeperStep): string {
  switch (step.kind) {
    case 'start':
    case 'make-session':
    case 'mount-volumes':
      return targetOf(step)
    case 'detach':
      return step.attachment.workload
    case 'remove-dev-container':
      return step.container
    case 'remove-publishers':
      return step.publishers.join(', ')
    case 'remove-namespace':
      return `the session of ${step.namespace}`
    case 'end-all':
      return 'everything'
    case 'leave':
      return 'the keeper'
  }
}
