import type { AskApi } from './api.ts'

interface Right {
  readonly verb: string
  readonly resource: string
  readonly subresource?: string
  readonly name?: string
}

/** What a client needs to connect (Telepresence's RBAC reference). */
const NEEDED: readonly Right[] = [
  { verb: 'get', resource: 'services', name: 'traffic-manager' },
  { verb: 'list', resource: 'pods' },
  { verb: 'create', resource: 'pods', subresource: 'portforward' },
]

/** The rights that the person lacks in the traffic-manager's namespace, as a person reads them. */
export async function readLackingRights(ask: AskApi, namespace: string): Promise<readonly string[]> {
  const answers = await Promise.all(
    NEEDED.map(async right => ({ right, isAllowed: await isAllowed(ask, right, namespace) })),
  )
  return answers
    .filter(answer => !answer.isAllowed)
    .map(({ right }) => `${right.verb} ${shown(right)} in namespace ${namespace}`)
}

async function isAllowed(ask: AskApi, right: Right, namespace: string): Promise<boolean> {
  const { status, body } = await ask('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { ...right, namespace } },
  })
  // A server that does not answer this question forbids nothing by that.
  return status !== 201 || (body as { status: { allowed: boolean } }).status.allowed
}

const shown = ({ resource, subresource, name }: Right): string =>
  [resource, subresource ?? name].filter(part => part !== undefined).join('/')
