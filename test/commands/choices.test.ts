import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { choices } from '../../cli-plugin/commands/choices.ts'
import type { LookAnswer } from '../../session/facts.ts'
import type { NamespaceFacts } from '../../session/listing.ts'
import { beforeAnyChange, facts, workspace } from '../fakes/intercept-in-fake-world.ts'
import { runIn } from '../fakes/run-in-fake-world.ts'

const choicesIn = (world: Parameters<typeof runIn>[1], ...words: readonly string[]) =>
  runIn(choices as Command, world, ...words)

const onDisk = {
  type: 'choices',
  workspace: '/w',
  environments: ['demo'],
  environment: 'demo',
  isStandalone: false,
  projects: ['jobs', 'shop'],
  alsoProxy: [],
}

test('what is on disk is told without a look at the engine', async ({ expect }) => {
  const { exitCode, calls, events } = await choicesIn({ answers: [] })
  expect([exitCode, calls]).toEqual([0, []])
  expect(events[0]).toEqual(onDisk)
})

test('where no environment is current, those that there are can still be chosen from', async ({ expect }) => {
  const files = { ...workspace, '/w/current.env': '' }
  const { exitCode, events } = await choicesIn({ answers: [], files })
  expect(exitCode).toBe(0)
  expect(events[0]).toEqual({
    type: 'choices',
    workspace: '/w',
    environments: ['demo'],
    isStandalone: false,
    projects: [],
    alsoProxy: [],
  })
})

test('the namespaces are those of the cluster', async ({ expect }) => {
  const seen: NamespaceFacts = { namespaces: ['default', 'myapp'], workloads: [], refusals: [] }
  const listing = {
    to: / look --listing /,
    stdout: JSON.stringify({ kind: 'facts', facts: seen } satisfies LookAnswer<NamespaceFacts>),
  }
  const { events } = await choicesIn({ answers: [listing, ...beforeAnyChange()] }, '--namespaces')
  expect(events[0]).toEqual({ ...onDisk, namespaces: ['default', 'myapp'] })
})

test('the ports of a workload, ready or not, are offered by service and by container, with the number to listen on', async ({
  expect,
}) => {
  const starting = { ...facts, workloads: facts.workloads.map(workload => ({ ...workload, ready: 0 })) }
  const { events } = await choicesIn({ answers: beforeAnyChange([], starting) }, 'myapp', 'api')
  expect(events[0]).toEqual({
    ...onDisk,
    ports: {
      service: [{ remote: 'http', shown: 'http (80) of service api', target: 3000 }],
      container: [{ remote: 'web', shown: 'web (3000) of container app', target: 3000 }],
    },
    containers: ['app'],
  })
})

test('a workload that is not there is refused, with those that are', async ({ expect }) => {
  const { error } = await choicesIn({ answers: beforeAnyChange() }, 'myapp', 'nothing')
  expect(error).toMatchObject({ code: 'WORKLOAD_UNKNOWN', hint: 'Name one of: api.' })
})
