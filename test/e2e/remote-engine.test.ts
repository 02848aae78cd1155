import { connect, createServer } from 'node:net'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { eventually } from './harness/eventually.ts'
import { leftoversOf } from './harness/leftovers.ts'
import { RUNTIME_IMAGE } from './harness/publisher.ts'
import { type Scenario, within } from './harness/scenario.ts'

const SOCKET = '/var/run/docker.sock'

/** Lets the engine be reached over TCP while `body` runs. */
async function withEngineOverTcp(body: (host: string) => Promise<void>): Promise<void> {
  // Docker ends its own half of a connection first.
  const server = createServer({ allowHalfOpen: true }, client => {
    const engine = connect({ path: SOCKET, allowHalfOpen: true })
    client.pipe(engine).pipe(client)
    for (const socket of [client, engine]) socket.on('error', () => undefined)
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  try {
    await body(`tcp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  } finally {
    server.close()
  }
}

/** Calls as docker's plugin, on a computer that has no engine, and the workspace in this place. */
function callFrom({ person, workspace, namespace }: Scenario, place: string, script: string) {
  const { userId, groupId } = person.account
  const plugin =
    'mkdir -p ~/.docker/cli-plugins && ln -s /usr/local/bin/kde-tp ~/.docker/cli-plugins/docker-kdetp'
  const words = `kdetp intercept ${namespace} api --agent sidecar --project web --port 8080:http --workspace ${place}`
  return execa(
    'docker',
    [
      ...['run', '--rm', '--network', 'host', '--user', `${userId}:${groupId}`, '--entrypoint', 'bash'],
      ...['--env', 'HOME=/tmp/home', '--env', `KDE_TP_IMAGE=${RUNTIME_IMAGE}`],
      ...['--mount', `type=bind,source=${workspace.path},target=${place}`, RUNTIME_IMAGE],
      ...['-c', `${plugin} && ${script.replace('CALL', words)} --format json -- printenv GREETING`],
    ],
    { reject: false },
  )
}

test.concurrent(
  'a remote engine that lacks the workspace is refused before anything is made, and one that has it works',
  within({ workloads: [{ name: 'api', env: [{ name: 'GREETING', value: 'hello' }] }] }, scenario =>
    withEngineOverTcp(async host => {
      const { path } = scenario.workspace
      const byContext = `docker context create far --docker host=${host} >/dev/null && docker --context far CALL`
      for (const [script, place] of [
        [`DOCKER_HOST=${host} docker CALL`, '/only/here'],
        [byContext, '/only/there'],
      ] as const) {
        const refused = await callFrom(scenario, place, script)
        expect(refused.stdout, refused.stderr).toContain('"code":"WORKSPACE_ELSEWHERE"')
        expect(refused.exitCode).toBe(5)
        expect(await leftoversOf(scenario.workspace)).toEqual([])
      }
      const worked = await callFrom(scenario, path, byContext)
      expect(worked.exitCode, worked.stdout + worked.stderr).toBe(0)
      expect(worked.stdout).toContain('"text":"hello\\n"')
      await eventually(async () => expect(await leftoversOf(scenario.workspace)).toEqual([]))
    }),
  ),
)
