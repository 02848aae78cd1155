import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { docker, inspect } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { withIndependentClient } from './harness/independent-client.ts'
import { leftoversOf } from './harness/leftovers.ts'
import type { Started } from './harness/person.ts'
import { installPlugin } from './harness/plugin.ts'
import { partOf } from './harness/random.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'

/** What the cluster sees of it; that nothing of ours is left is asserted at the end of every scenario. */
const expectClusterToAnswer = ({ answererOf }: Scenario): Promise<void> =>
  eventually(async () => expect(await answererOf()).toBe('the cluster'))

/** What a command does between its start and its work, each seen from outside by what is there. */
const moments = {
  'while the keeper starts': ({ names }: Scenario) => inspect(names.keeper),
  'while the session connects': ({ names }: Scenario) => inspect(names.session),
  'while the workload is taken': ({ names }: Scenario) => docker(['exec', names.session, 'session-state']),
  'while the dev container starts': ({ names }: Scenario) => inspect(names.devContainer()),
  'while the command runs': async ({ answererOf }: Scenario) =>
    expect(await answererOf()).toBe('the dev container'),
} as const satisfies Readonly<Record<string, (scenario: Scenario) => Promise<unknown>>>
type Moment = keyof typeof moments

describe('a command that ends by itself leaves nothing,', () => {
  // S-36, S-97
  test.concurrent.for(partOf([0, 1, 126, 255], 1))('with exit code %i, which becomes ours', exitCode =>
    within({}, async scenario => {
      const { person, intercept } = scenario
      const ended = await person.run(intercept({ command: ['bash', '-c', `exit ${exitCode}`] }))
      expect(ended.exitCode, ended.stderr).toBe(exitCode)
      await expectClusterToAnswer(scenario)
    })(),
  )

  test.concurrent(
    'nor does anybody hold the workload any longer',
    within({}, async ({ person, intercept, namespace }) => {
      await person.run(intercept({ command: ['true'] }))
      await withIndependentClient(namespace, async ({ holderOf }) => {
        expect(await holderOf('api')).toBeUndefined()
      })
    }),
  )

  test.concurrent(
    'even where nobody reads its output to the end',
    within({}, async scenario => {
      const words = scenario.intercept({ command: ['yes'] }).join(' ')
      const ended = await scenario.person.run(['bash', '-c', `${words} | head -n 1`])
      expect(ended).toMatchObject({ exitCode: 0, stdout: 'y\n' })
      await expectClusterToAnswer(scenario)
    }),
  )
})

describe('a command that is asked to end leaves nothing,', () => {
  const asks: readonly { how: string; exitCode: number; ask: (started: Started) => void }[] = [
    {
      how: 'by Ctrl-C, which goes to the process group',
      exitCode: 130,
      ask: all => all.signalGroup('SIGINT'),
    },
    { how: 'by SIGINT to it alone', exitCode: 130, ask: it => it.signal('SIGINT') },
    { how: 'by SIGTERM', exitCode: 143, ask: it => it.signal('SIGTERM') },
    { how: 'by SIGTERM to the process group', exitCode: 143, ask: all => all.signalGroup('SIGTERM') },
    { how: 'by SIGHUP', exitCode: 129, ask: it => it.signal('SIGHUP') },
  ]
  test.concurrent.for(partOf(asks, 1))('$how: exit code $exitCode', ({ exitCode, ask }) =>
    within({}, async scenario => {
      const started = await startServing(scenario)
      ask(started)
      const ended = await started.ended
      expect(ended.exitCode, ended.stderr).toBe(exitCode)
      await expectClusterToAnswer(scenario)
    })(),
  )

  test.concurrent(
    'by docker, which closes the socket of its plugin',
    within({}, async scenario => {
      const { person, intercept, answererOf } = scenario
      installPlugin(person.home)
      const [, ...words] = intercept({ command: ['python3', 'serve.py'] })
      const started = person.start(['docker', 'kdetp', ...words])
      await eventually(async () => expect(await answererOf(), started.stderr()).toBe('the dev container'))
      started.signal('SIGTERM')
      const ended = await started.ended
      expect(ended.exitCode, ended.stderr).toBe(143)
      await expectClusterToAnswer(scenario)
    }),
  )
})

describe('in a terminal nothing is left', () => {
  test.concurrent(
    'after ^C',
    within({}, async scenario => {
      const started = await startServing(scenario, {}, { terminal: true })
      started.write('\x03')
      expect((await started.ended).exitCode).toBe(130)
      await expectClusterToAnswer(scenario)
    }),
  )

  test.concurrent(
    'after a shell, which ^C does not end',
    within({}, async scenario => {
      const shell = await openShell(scenario)
      shell.write('echo $((40 + 3)); sleep 1000\n')
      await eventually(() => expect(shell.stdout()).toContain('43'))
      shell.write('\x03')
      // What is typed while ^C is taken may be lost.
      await eventually(() => {
        shell.write('echo still $((40 + 2))\n')
        expect(shell.stdout()).toContain('still 42')
      })
      shell.write('exit 3\n')
      expect((await shell.ended).exitCode).toBe(3)
      await expectClusterToAnswer(scenario)
    }),
  )

  test.concurrent(
    'after it is closed over a running command',
    within({}, async scenario => {
      const started = await startServing(scenario, {}, { terminal: true })
      started.signal('SIGKILL')
      await expectClusterToAnswer(scenario)
    }),
  )

  test.concurrent(
    'after it is closed over a shell',
    within({}, async scenario => {
      const shell = await openShell(scenario)
      shell.signal('SIGKILL')
      await expectClusterToAnswer(scenario)
    }),
  )
})

describe('a command that is asked to end before its work leaves nothing,', () => {
  const early = [
    { signal: 'SIGINT', when: 'while the session connects' },
    { signal: 'SIGHUP', when: 'while the workload is taken' },
    { signal: 'SIGTERM', when: 'while the dev container starts' },
  ] as const
  test.concurrent.for(partOf(early, 1))('by $signal $when', ({ signal, when }) =>
    within({}, async scenario => {
      const started = await startUntil(when, scenario)
      started.signal(signal)
      const ended = await started.ended
      expect(ended.exitCode, ended.stderr).toBeGreaterThan(128)
      await expectClusterToAnswer(scenario)
    })(),
  )
})

// S-97
describe('a command that is killed with -9 leaves nothing', () => {
  test.concurrent.for(partOf(Object.keys(moments) as Moment[], 1))('%s', when =>
    within({}, async scenario => {
      const started = await startUntil(when, scenario)
      started.signal('SIGKILL')
      await started.ended
      await expectClusterToAnswer(scenario)
    })(),
  )

  test.concurrent(
    'with all that it has started here',
    within({}, async scenario => {
      const started = await startUntil('while the command runs', scenario)
      started.signalGroup('SIGKILL')
      await expectClusterToAnswer(scenario)
    }),
  )

  test.concurrent(
    'where a node agent led its requests here',
    within({}, async scenario => {
      const started = await startServing(scenario, { options: ['--agent', 'node'] })
      started.signal('SIGKILL')
      await expectClusterToAnswer(scenario)
    }),
  )

  test.concurrent(
    'nor does anybody hold the workload any longer',
    within({}, async scenario => {
      const started = await startUntil('while the command runs', scenario)
      await withIndependentClient(scenario.namespace, async ({ holderOf }) => {
        expect(await holderOf('api')).toContain(scenario.person.account.name)
        started.signal('SIGKILL')
        await eventually(async () => expect(await holderOf('api')).toBeUndefined())
      })
    }),
  )
})

describe('a command that ends in order has left nothing when it is over, though a moment before', () => {
  const losses: Readonly<Record<string, (scenario: Scenario) => Promise<unknown>>> = {
    async 'its lease was lost'({ names }) {
      const { stdout } = await execa('pgrep', ['--full', `exec -i ${names.keeper} lease`])
      for (const pid of stdout.split('\n')) process.kill(Number(pid), 'SIGKILL')
    },
    async 'its keeper was killed'({ names }) {
      const pid = await docker(['inspect', '--format', '{{.State.Pid}}', names.keeper])
      process.kill(Number(pid), 'SIGKILL')
    },
  }
  test.concurrent.for(Object.keys(losses))('%s', loss =>
    within({}, async scenario => {
      const started = await startServing(scenario)
      await losses[loss]?.(scenario)
      // By then it has taken another lease.
      await sleep(3000)
      started.signal('SIGTERM')
      expect((await started.ended).exitCode, started.stderr()).toBe(143)
      await expect(inspect(scenario.names.devContainer())).rejects.toThrow(/no such/i)
      expect(await scenario.answererOf()).toBe('the cluster')
    })(),
  )
})

describe('a command that is asked to end', () => {
  test.concurrent(
    'and traps that has the time to write a file, and its own exit code counts',
    within({}, async scenario => {
      const trap = `trap 'sleep 5; echo written > trapped; exit 9' TERM; echo ready; while :; do sleep 0.1; done`
      const started = scenario.person.start(scenario.intercept({ command: ['bash', '-c', trap] }))
      await eventually(() => expect(started.stdout(), started.stderr()).toBe('ready\n'))
      started.signal('SIGTERM')
      expect((await started.ended).exitCode).toBe(9)
      const { environmentPath } = scenario.workspace
      expect(readFileSync(join(environmentPath, 'namespaces/web/app/trapped'), 'utf8')).toBe('written\n')
    }),
  )

  test.concurrent(
    'and takes no notice is killed after a while',
    within({}, async scenario => {
      const deaf = `trap '' TERM; echo ready; while :; do sleep 0.1; done`
      const started = scenario.person.start(scenario.intercept({ command: ['bash', '-c', deaf] }))
      await eventually(() => expect(started.stdout(), started.stderr()).toBe('ready\n'))
      started.signal('SIGTERM')
      expect((await started.ended).exitCode).toBe(137)
      await expectClusterToAnswer(scenario)
    }),
  )
})

test.concurrent(
  'a workload that could not be taken is left to whoever holds it, and nothing of ours is left',
  within({}, async ({ person, intercept, namespace, workspace }) => {
    await withIndependentClient(namespace, async ({ telepresence }) => {
      const take = ['intercept', 'api', '--port', '9:http', '--node-agent=false', '--mount=false']
      expect(await telepresence(take)).toMatchObject({ exitCode: 0 })
      const ended = await person.run(intercept({ options: ['--format', 'json'], command: ['true'] }))
      expect(ended).toMatchObject({ exitCode: 7, stdout: expect.stringContaining('"INTERCEPT_TAKEN"') })
      expect(await leftoversOf(workspace)).toEqual([])
      const list = await telepresence(['list', '--intercepts', '--format', 'json'])
      expect(JSON.parse(list.stdout)).toMatchObject([{ name: 'api' }])
    })
  }),
)

/** Starts a command, and returns at once when it has come so far. */
async function startUntil(moment: Moment, scenario: Scenario): Promise<Started> {
  const started = scenario.person.start(scenario.intercept({ command: ['python3', 'serve.py'] }))
  await eventually(async () => void (await moments[moment](scenario)))
  return started
}

async function openShell({ person, intercept }: Scenario): Promise<Started> {
  const shell = person.start(intercept(), { terminal: true })
  shell.write('echo the answer is $((6 * 7))\n')
  await eventually(() => expect(shell.stdout(), shell.stderr()).toContain('the answer is 42'))
  return shell
}
