import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ask, fromOurPage, INDEX, type Visit, visit } from '../fakes/served-page.ts'
import { openTerminal } from '../fakes/web-terminal.ts'
import { docker } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { leftoversOf } from './harness/leftovers.ts'
import type { Started } from './harness/person.ts'
import { type Scenario, within } from './harness/scenario.ts'

/** `kde-tp ui` in the scenario's workspace, and a browser that has opened it. */
async function openPage({
  person,
  workspace,
  directory,
}: Scenario): Promise<Visit & { readonly ui: Started }> {
  const page = join(directory, 'page')
  mkdirSync(page)
  writeFileSync(join(page, 'index.html'), INDEX)
  const options = { directory: workspace.path, env: { KDE_TP_PAGE: page } }
  const ui = person.start(['kde-tp', 'ui', '--no-open'], options)
  await eventually(() => expect(ui.stdout(), ui.stderr()).toContain('\n'))
  return { ...(await visit({ url: ui.stdout().trim() })), ui }
}

const sleepers = (container: string): Promise<string> =>
  docker(['exec', container, 'bash', '-c', 'cat /proc/[0-9]*/comm 2> /dev/null | grep --count sleep || true'])

test(
  'the page has a real terminal in the dev container: with its size, every byte, and the exit code',
  within({}, async scenario => {
    const { person, intercept, namespace, workspace, names } = scenario
    const page = await openPage(scenario)
    const wish = { namespace, workload: 'api' }
    const isThere = () =>
      ask(`${page.origin}${page.base}shell?${new URLSearchParams(wish)}`, { headers: fromOurPage(page) })
    expect((await isThere()).status).toBe(404)
    await person.run(intercept({ options: ['--detach'], command: ['sleep', 'infinity'] }))
    expect((await isThere()).status).toBe(204)

    const terminal = await openTerminal(page, wish)
    terminal.resize(101, 31)
    terminal.type('stty size; tty; pwd; echo "it is $((6 * 7)) 網路 $TERM"\n')
    await eventually(() => expect(terminal.shown()).toContain('it is 42 網路 xterm-256color'))
    expect(terminal.shown()).toContain('31 101\r\n/dev/pts/')
    expect(terminal.shown()).toContain('/namespaces/web/app\r\n')
    terminal.resize(82, 25)
    await eventually(() => {
      terminal.type('stty size\n')
      expect(terminal.shown()).toContain('25 82\r\n')
    })
    terminal.type('stty -onlcr; echo be""gin; seq 1 100000; echo en""d; stty onlcr\n')
    await eventually(() => expect(terminal.shown()).toContain('\nend\n'))
    const numbers = terminal.shown().split('begin\n')[1]?.split('\nend\n')[0]
    expect(numbers).toBe(Array.from({ length: 100_000 }, (_, index) => index + 1).join('\n'))
    terminal.type('exit 7\n')
    expect(await terminal.closed).toBe(1000)
    expect(terminal.told).toEqual([{ exit: 7 }])

    const detach = ['kde-tp', 'detach', namespace, 'api', '--workspace', workspace.path]
    const ended = await openTerminal(page, wish)
    ended.type('echo re""ady\n')
    await eventually(() => expect(ended.shown()).toContain('ready'))
    expect(await person.run(detach)).toMatchObject({ exitCode: 0 })
    expect(await ended.closed).toBe(1000)
    expect(ended.told.at(-1)).toEqual({ exit: 137 })
    expect(JSON.stringify(ended.told)).toContain(`${names.devContainer()} is gone`)
    page.ui.signal('SIGTERM')
    expect(await page.ui.ended).toMatchObject({ exitCode: 143 })
    expect(await leftoversOf(workspace)).toEqual([])
  }),
)

test(
  'what runs in such a terminal ends when the page leaves, and when the server does; the dev container stays for it until then',
  within({}, async scenario => {
    const { person, intercept, namespace, workspace, names } = scenario
    const page = await openPage(scenario)
    const wish = { namespace, workload: 'api' }
    const first = person.start(intercept({ command: ['cat'] }))
    await eventually(async () => {
      const { status } = await ask(`${page.origin}${page.base}shell?${new URLSearchParams(wish)}`, {
        headers: fromOurPage(page),
      })
      expect(status, first.stderr()).toBe(204)
    })
    const startSleeping = async () => {
      const terminal = await openTerminal(page, wish)
      terminal.type('sleep 1000\n')
      await eventually(async () => expect(await sleepers(names.devContainer())).toBe('1'))
      return terminal
    }
    const left = await startSleeping()
    first.endInput()
    expect(await first.ended).toMatchObject({ exitCode: 0 })
    expect(await sleepers(names.devContainer())).toBe('1')
    const second = await openTerminal(page, wish)
    second.type('echo re""ady\n')
    await eventually(() => expect(second.shown()).toContain('ready'))
    left.leave()
    await eventually(async () => expect(await sleepers(names.devContainer())).toBe('0'))
    second.type('sleep 1000\n')
    await eventually(async () => expect(await sleepers(names.devContainer())).toBe('1'))
    page.ui.signal('SIGINT')
    expect(await page.ui.ended).toMatchObject({ exitCode: 130 })
    await eventually(async () => expect(await leftoversOf(workspace)).toEqual([]))
  }),
)
