import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MODES, type Mode, traitsOf } from '../../session/mode.ts'
import { apply } from './harness/cluster.ts'
import { eventually } from './harness/eventually.ts'
import { within } from './harness/scenario.ts'
import { startWorkload } from './harness/workload.ts'

/** Kubernetes mounts it into every pod. */
const TOKEN = 'var/run/secrets/kubernetes.io/serviceaccount/token'

test.concurrent.for(MODES)(
  'with --mount=copy %s brings config maps, secrets and the token into the dev container (S-58)',
  mode =>
    within({ workloads: [] }, async scenario => {
      const { person, attach, workspace, namespace } = scenario
      await startMountingWorkload(namespace)
      const script =
        'cd "$TELEPRESENCE_ROOT" && pwd && cat etc/settings/greeting etc/secret/password && cat "$0"'
      const options = [...wordsOf(mode), '--mount=copy']
      const command = ['bash', '-c', `${script}; exec sleep 120`, TOKEN]
      const attached = person.start(attach(mode, { options, command }))
      const root = join(workspace.environmentPath, '.telepresence/mounts/remote', namespace, 'api')
      await eventually(async () => expect(attached.stdout()).toMatch(/\n[\w-]+\.[\w-]+\.[\w-]+$/))
      const copied = attached.stdout()
      expect(copied).toContain(`${root}\nhello from the map\nopen sesame\n`)
      expect(subjectOf(copied.split('\n').at(-1) ?? '')).toBe(`system:serviceaccount:${namespace}:default`)
      expect(rightsIn(root)).toEqual({ directory: '700', token: '600', owner: person.account.userId })
      attached.signal('SIGTERM')
      await attached.ended
    })(),
)

const wordsOf = (mode: Mode): readonly string[] => [
  ...['--project', 'web', '--also-proxy', ''],
  ...(traitsOf[mode].ports === 'none' ? [] : ['--port', '8080:http']),
]

function rightsIn(root: string): object {
  const token = statSync(join(root, TOKEN))
  const mode = (stat: { readonly mode: number }) => (stat.mode & 0o777).toString(8)
  return { directory: mode(statSync(root)), token: mode(token), owner: token.uid }
}

/** Of whom a token speaks. */
const subjectOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub

async function startMountingWorkload(namespace: string): Promise<void> {
  await apply([
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace },
      data: { greeting: 'hello from the map\n' },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'secret', namespace },
      stringData: { password: 'open sesame\n' },
    },
  ])
  await startWorkload(namespace, {
    name: 'api',
    volumes: [
      { path: '/etc/settings', source: { configMap: { name: 'settings' } } },
      { path: '/etc/secret', source: { secret: { secretName: 'secret' } } },
    ],
  })
}
