import type { Right } from '../../session/facts.ts'
import type { AskApi } from './api.ts'

interface Access {
  readonly verb: string
  readonly resource: string
  readonly group?: string
  readonly subresource?: string
  readonly name?: string
  /** Undefined for one of the whole cluster. */
  readonly namespace?: string
}

/** What a client needs to connect (Telepresence's RBAC reference). */
const toConnect = (namespace: string): readonly Access[] => [
  { verb: 'get', resource: 'services', name: 'traffic-manager', namespace },
  { verb: 'list', resource: 'pods', namespace },
  { verb: 'create', resource: 'pods', subresource: 'portforward', namespace },
]

/** What makes a workload known and its environment whole; most can be done without. */
function toAttach(namespace: string): readonly (readonly [Access, Right['use'], boolean])[] {
  const apps = { verb: 'list', group: 'apps', namespace }
  return [
    [{ ...apps, resource: 'deployments' }, 'find-workloads', true],
    [{ ...apps, resource: 'statefulsets' }, 'find-workloads', false],
    [{ ...apps, resource: 'replicasets' }, 'find-workloads', false],
    [{ verb: 'list', resource: 'services', namespace }, 'offer-ports', true],
    [{ verb: 'list', resource: 'pods', namespace }, 'tell-arrival', false],
    [{ verb: 'create', resource: 'pods', subresource: 'portforward', namespace }, 'reach-agents', false],
    [{ verb: 'get', resource: 'configmaps', namespace }, 'tell-declared', false],
    [{ verb: 'get', resource: 'secrets', namespace }, 'tell-declared', false],
  ]
}

/** The rights that an attachment needs and the person lacks, as a person reads them. */
export async function readLackingRights(
  ask: AskApi,
  managerNamespace: string,
  namespace: string | undefined,
): Promise<readonly string[]> {
  const inNamespace = namespace === undefined ? [] : toAttach(namespace)
  const needed = inNamespace.filter(([, , isNeeded]) => isNeeded).map(([access]) => access)
  const answers = await Promise.all(
    [...toConnect(managerNamespace), ...needed].map(async access => ({
      access,
      isAllowed: await isAllowed(ask, access),
    })),
  )
  return answers.filter(answer => !answer.isAllowed).map(({ access }) => shown(access))
}

/** Every right that is made use of, in the traffic-manager's namespace and in one that is worked in. */
export function readRights(
  ask: AskApi,
  managerNamespace: string,
  namespace: string | undefined,
): Promise<readonly Right[]> {
  const accesses = [
    ...toConnect(managerNamespace).map(access => [access, 'connect', true] as const),
    [{ verb: 'list', resource: 'namespaces' }, 'offer-namespaces', false] as const,
    ...(namespace === undefined ? [] : toAttach(namespace)),
  ]
  return Promise.all(
    accesses.map(async ([access, use, isNeeded]) => ({
      right: shown(access),
      use,
      isNeeded,
      isAllowed: await isAllowed(ask, access),
    })),
  )
}

async function isAllowed(ask: AskApi, access: Access): Promise<boolean> {
  const { status, body } = await ask('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: access },
  })
  // A server that does not answer this question forbids nothing by that.
  return status !== 201 || (body as { status: { allowed: boolean } }).status.allowed
}

function shown({ verb, resource, subresource, name, namespace }: Access): string {
  const what = [resource, subresource ?? name].filter(part => part !== undefined).join('/')
  return namespace === undefined ? `${verb} ${what}` : `${verb} ${what} in namespace ${namespace}`
}
