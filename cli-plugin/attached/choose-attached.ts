import { t } from '../../language/t.ts'
import type { AttachedWorkload } from '../../session/attached.ts'
import { KdeTpError, usage } from '../../session/errors.ts'
import type { Edges } from '../command.ts'

/**
 * The one that is meant. What is not typed is asked for among what is there. Undefined where nothing is there and no
 * workload was named. Throws NOT_ATTACHED, or USAGE where there is no terminal to ask on.
 */
export async function chooseAttached(
  [typedNamespace, typedWorkload]: readonly string[],
  attached: readonly AttachedWorkload[],
  edges: Edges,
): Promise<AttachedWorkload | undefined> {
  const isMeant = ({ namespace }: AttachedWorkload) => (typedNamespace ?? namespace) === namespace
  if (typedWorkload === undefined && !attached.some(isMeant)) return undefined
  const namespace = typedNamespace ?? (await askNamespace(attached, edges))
  const here = attached.filter(each => each.namespace === namespace)
  const workload = typedWorkload ?? (await askWorkload(here, edges))
  return here.find(each => each.workload === workload) ?? notAttached(namespace, workload, attached)
}

async function askNamespace(attached: readonly AttachedWorkload[], { prompts }: Edges): Promise<string> {
  const names = [...new Set(attached.map(({ namespace }) => namespace))]
  const [first = '', ...others] = names
  if (!prompts.available) throw usage(t`The namespace is missing: one of ${names.join(', ')}.`)
  if (others.length === 0) return first
  return prompts.choose(
    t`Namespace:`,
    names.map(value => ({ value })),
  )
}

async function askWorkload(here: readonly AttachedWorkload[], { prompts }: Edges): Promise<string> {
  if (!prompts.available)
    throw usage(t`The workload is missing: one of ${here.map(({ workload }) => workload).join(', ')}.`)
  return prompts.choose(
    t`Workload:`,
    here.map(({ workload, project, owner }) => ({ value: workload, hint: t`project ${project}, ${owner}` })),
  )
}

function notAttached(namespace: string, workload: string, attached: readonly AttachedWorkload[]): never {
  const names = attached.map(each => `${each.namespace} ${each.workload}`)
  throw new KdeTpError(
    'NOT_ATTACHED',
    t`"${workload}" in namespace ${namespace} is not attached from here.`,
    {
      hint: names.length === 0 ? t`Nothing is.` : t`What is: ${names.join(', ')}.`,
    },
  )
}
