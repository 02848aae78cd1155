import { test } from 'vitest'
import type { ClusterFacts } from '../../session/facts.ts'
import { holder, keeper, session } from '../fakes/containers.ts'
import { fakeFiles } from '../fakes/files.ts'
import {
  beforeAnyChange,
  carryingOut,
  facts,
  interceptIn,
  interceptInAny,
  servingVolumes,
  workspace,
} from '../fakes/intercept-in-fake-world.ts'

const [api] = facts.workloads
const side = { name: 'side', ports: [], declared: ['OF_SIDE'], declaredIsWhole: true }
const withTwo: ClusterFacts = {
  ...facts,
  workloads: api === undefined ? [] : [{ ...api, containers: [...api.containers, side] }],
}
const words = ['myapp', 'api', '--project', 'shop', '--also-proxy', '', '--detach']
const withoutAttach = carryingOut.filter(({ to }) => !to.source.includes(' attach '))
const withoutArrival = withoutAttach.filter(({ to }) => !to.source.includes('until-arrival'))
const attaching = (to: RegExp, answer: object) => ({ to, stdout: JSON.stringify(answer) })

test('ingest takes no ports, waits for no requests, and hands on the environment of its container', async ({
  expect,
}) => {
  const environment = { OF_SIDE: 'side', GREETING: 'of the other' }
  const ingested = attaching(/^exec \S+ attach api ingest api --container side /, {
    container: 'side',
    environment,
  })
  const { exitCode, inputs, events } = await interceptIn(
    { mode: 'ingest', answers: [...beforeAnyChange([], withTwo), ...withoutArrival, ingested] },
    ...words,
    ...['--container', 'side'],
  )
  expect(exitCode).toBe(0)
  expect(inputs.at(-1)).toContain('"OF_SIDE": "side"')
  expect(inputs.at(-1)).not.toContain('"GREETING"')
  expect(events).toContainEqual({
    type: 'remark',
    message: 'Requests for api stay with the cluster; its environment and network are here.',
  })
})

test('replace waits until the container that it replaces is gone', async ({ expect }) => {
  const replaced = attaching(/^exec \S+ attach api replace api --port 3000:web /, { container_name: 'app' })
  const { exitCode, calls } = await interceptIn(
    { mode: 'replace', answers: [...beforeAnyChange(), ...withoutAttach, replaced] },
    ...words,
    ...['-p', '3000:web'],
  )
  expect(exitCode).toBe(0)
  expect(calls).toContainEqual(expect.stringMatching(/ --until-arrival api --replaced app$/))
})

test.for(['replace', 'ingest'] as const)(
  '%s asks which of several containers is meant',
  async (mode, { expect }) => {
    const asked = { mode, answers: beforeAnyChange([], withTwo) }
    const { refusal, error } = await interceptIn(asked, ...words)
    expect([refusal, error?.message]).toEqual([
      'USAGE',
      'The pods of "api" have several containers: give --container, as app or side.',
    ])
  },
)

test('only requests with my header come here where that is answered', async ({ expect }) => {
  const filtered = attaching(/ attach api intercept api .* --http-header x-developer=ada /, {})
  const { exitCode, inputs, events } = await interceptIn(
    {
      answers: [...beforeAnyChange(), ...withoutAttach, filtered],
      replies: [
        ['Remote port:', 'http'],
        ['Local port that your program listens on:', ''],
        ['Requests:', 'only requests with my header'],
        ['Header that your requests have:', ''],
      ],
    },
    ...words,
  )
  expect(exitCode).toBe(0)
  expect(inputs.at(-1)).toContain('x-developer')
  expect(inputs.at(-1)).not.toContain('x-developer=ada')
  expect(events).toContainEqual({
    type: 'remark',
    message: "Try: curl --header 'x-developer: ada' http://api.myapp/",
  })
})

test('where no person looks, as in a log of CI, the value of a header is not told', async ({ expect }) => {
  const filtered = attaching(/ attach api intercept api .* --http-header x-key=secret /, {})
  const answers = [...beforeAnyChange(), ...withoutAttach, filtered]
  const options = ['-p', '3000:http', '--header', 'x-key=secret']
  const { exitCode, events } = await interceptIn({ answers }, ...words, ...options)
  expect(exitCode).toBe(0)
  expect(JSON.stringify(events)).toContain('header x-key')
  expect(JSON.stringify(events)).not.toContain('secret')
})

test('a port of UDP is handed on first, since Telepresence takes all others for TCP', async ({ expect }) => {
  const dns = { name: 'dns', ports: [{ name: 'dns', port: 53, targetPort: 5353, protocol: 'UDP' }] }
  const withUdp: ClusterFacts = {
    ...facts,
    workloads: api === undefined ? [] : [{ ...api, services: [...api.services, dns] }],
  }
  const byNode = attaching(
    / attach api intercept api .* --port 5353:dns --port 3000:http --node-agent=true /,
    {},
  )
  const { exitCode } = await interceptIn(
    { answers: [...beforeAnyChange([], withUdp), ...withoutArrival, byNode] },
    ...words,
    ...['--agent', 'node', '-p', '3000:http', '-p', '5353:dns/UDP'],
  )
  expect(exitCode).toBe(0)
})

test.for([
  ['ingest', 'true', [], withoutArrival],
  ['wiretap', 'false', ['-p', '3000:http'], withoutAttach],
] as const)(
  'without --agent, where the cluster allows node agents, --node-agent of %s is %s',
  async ([mode, isNode, ports, rest], { expect }) => {
    const allowed: ClusterFacts = {
      ...facts,
      manager: { found: 'yes', version: '2.31.2', hasNodeAgents: true },
    }
    const chosen = attaching(new RegExp(` attach api ${mode} api .*--node-agent=${isNode} `), {})
    const answers = [...beforeAnyChange([], allowed), ...rest, chosen]
    const { exitCode } = await interceptIn({ mode, answers }, ...words, ...ports)
    expect(exitCode).toBe(0)
  },
)

test('with --mount=copy the volumes are copied as the person, and are in the dev container', async ({
  expect,
}) => {
  const copied = {
    to: /^run --rm .* --network container:kde-tp-demo-net-myapp --cap-drop ALL .* --user 1000:1000 .*source=\/w\/environments\/demo\/\.telepresence\/mounts\/remote\/myapp\/api".* FROM_HOST=10\.1\.2\.3 --env FROM_PORT=9001 .* \/exports\/app \/volumes$/,
  }
  const answers = [...beforeAnyChange(), ...withoutArrival, ingested, servingVolumes, copied]
  const { exitCode, inputs } = await interceptIn({ mode: 'ingest', answers }, ...words, '--mount=copy')
  expect(exitCode).toBe(0)
  const root = '/w/environments/demo/.telepresence/mounts/remote/myapp/api'
  expect(inputs.at(-1)).toContain(`"TELEPRESENCE_ROOT": "${root}"`)
  expect(inputs.at(-1)).toContain(`"target": "${root}"`)
})

test('who joins a session that another project has started has the place for the copy too', async ({
  expect,
}) => {
  const files = fakeFiles(workspace)
  // The copy itself has no answer, and ends the command.
  const answers = [...beforeAnyChange([keeper, holder, session]), ...withoutArrival, ingested, servingVolumes]
  const world = { mode: 'ingest', answers, edges: { files } } as const
  await expect(interceptInAny(world, ...words, '--mount=copy')).rejects.toThrow(/docker run .* copy-volumes/)
  expect(files.made.get('/w/environments/demo/.telepresence/mounts/remote/myapp/api')).toBe(0o700)
})

test('a container without volumes is attached all the same, and that is said', async ({ expect }) => {
  const listed = { to: /^exec \S+ telepresence list /, stdout: '[]' }
  const answers = [...beforeAnyChange(), ...withoutArrival, ingested, listed]
  const { exitCode, events } = await interceptIn({ mode: 'ingest', answers }, ...words, '--mount=copy')
  expect(exitCode).toBe(0)
  expect(events).toContainEqual({
    type: 'remark',
    message: 'The container of "api" has no volumes to copy.',
  })
})

const ingested = attaching(/^exec \S+ attach api ingest api /, { container: 'app' })
