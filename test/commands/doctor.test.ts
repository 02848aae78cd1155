import { test } from 'vitest'
import { parseCommandLine } from '../../cli-plugin/command-line.ts'
import { doctor } from '../../cli-plugin/commands/doctor.ts'
import type { Installation } from '../../cli-plugin/edges/installation.ts'
import type { SessionEvent } from '../../session/events.ts'
import { type Answer, fakeDocker } from '../fakes/docker.ts'
import { fakeEdges } from '../fakes/edges.ts'
import { fakeFiles } from '../fakes/files.ts'
import { beforeAnyChange, facts, workspace } from '../fakes/intercept-in-fake-world.ts'

const installation = { program: undefined } as Installation
const rights = [{ right: 'list pods', use: 'connect' as const, isNeeded: true, isAllowed: true }]
const healthy: readonly Answer[] = [
  ...beforeAnyChange([], { ...facts, rights }),
  { to: /^network ls/, stdout: 'id\n' },
  { to: /^network inspect/, stdout: 'bridge 172.17.0.0/16\n' },
]

async function examine(answers: readonly Answer[], ...words: readonly string[]) {
  const { docker, engine, calls } = fakeDocker(answers)
  const files = fakeFiles(workspace)
  const events: SessionEvent[] = []
  const emit = (event: SessionEvent) => void events.push(event)
  const edges = fakeEdges({ docker, engine, files, installation, emit })
  const exitCode = await doctor.run(parseCommandLine(doctor, words), edges)
  const findings = events.flatMap(event => (event.type === 'findings' ? event.findings : []))
  return { exitCode, findings, calls, files: files.all() }
}

test('where all is well nothing has failed, and the cluster is asked about every right', async ({
  expect,
}) => {
  const { exitCode, findings, calls } = await examine(healthy, 'myapp')
  expect([exitCode, findings.filter(({ state }) => state === 'failed')]).toEqual([0, []])
  expect(findings).toContainEqual({ subject: 'Right', state: 'ok', message: 'list pods: to connect.' })
  expect(calls).toContainEqual(expect.stringMatching(/ look --namespace myapp .*--rights$/))
  expect(calls.filter(call => / up | rm | create /.test(call))).toEqual([])
})

test('one failure ends with 1, and what can still be looked at is looked at', async ({ expect }) => {
  const silent = {
    to: / look /,
    stdout: JSON.stringify({ kind: 'unreachable', server: 'https://k', reason: 'no route' }),
  }
  const { exitCode, findings } = await examine([silent, ...healthy])
  expect(exitCode).toBe(1)
  expect(findings.map(({ subject }) => subject)).toContain('Leftovers')
  expect(findings).toContainEqual(expect.objectContaining({ subject: 'Cluster', state: 'failed' }))
})

test('without an engine there is nothing more to see', async ({ expect }) => {
  const dead = { to: /^info /, stderr: 'Cannot connect to the Docker daemon', exitCode: 1 }
  const { exitCode, findings } = await examine([dead])
  expect([exitCode, findings.map(({ subject }) => subject)]).toEqual([1, ['Engine', 'Plugin']])
})

test('--bundle writes what others need, for the person alone and without secrets', async ({ expect }) => {
  const { files } = await examine(healthy, '--bundle', 'help.json')
  const written = files['/w/help.json'] ?? ''
  expect(written).toMatch(/^0600 /)
  expect(JSON.parse(written.slice('0600 '.length))).toMatchObject({ findings: expect.any(Array), engine: {} })
  expect(written).not.toContain('secret')
})

test('a format that there is not is refused', async ({ expect }) => {
  await expect(examine([], '--format', 'yaml')).rejects.toMatchObject({ code: 'USAGE' })
})
