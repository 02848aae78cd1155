import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { MODES, type Mode } from '../../session/mode.ts'
import { type InPage, PICTURES, withinPage } from './harness/browser.ts'
import { attachByClicks, detachByClicks, openShell, openView, rowOf } from './harness/by-clicks.ts'
import { namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { leftoversOf } from './harness/leftovers.ts'
import { partOf } from './harness/random.ts'

const GREETING = { name: 'GREETING', value: 'hello' }

/** Where requests go is seen in the cluster, and from the shell in the page. */
const SEEN: Readonly<Record<Mode, (scenario: InPage) => Promise<void>>> = {
  replace: expectRequestsHere,
  intercept: expectRequestsHere,
  async wiretap({ page, answererOf }) {
    const shell = await openShell(page)
    await shell.type('SHOW_REQUESTS=1 python3 serve.py')
    await eventually(async () => {
      expect(await answererOf()).toBe('the cluster')
      expect(await shell.shown()).toContain('GET /')
    })
  },
  async ingest({ page, answererOf }) {
    const shell = await openShell(page)
    await shell.type('echo "$GREETING from the pod"; curl --silent http://api/')
    await eventually(async () => expect(await shell.shown()).toContain('answered by the cluster: api-'))
    expect(await shell.shown()).toContain('hello from the pod')
    expect(await answererOf()).toBe('the cluster')
  },
}

async function expectRequestsHere({ page, answererOf }: InPage): Promise<void> {
  const shell = await openShell(page)
  await shell.type('python3 serve.py')
  await eventually(async () => expect(await answererOf()).toBe('the dev container'))
}

const picture = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) })

test.for(partOf(MODES, 1))(
  '%s: attached by clicking and typing in the page, seen in the cluster, shown, and detached by clicking',
  mode =>
    withinPage({ workloads: [{ name: 'api', env: [GREETING] }] }, async scenario => {
      const { page, complaints, namespace, names, workspace, answererOf } = scenario
      await attachByClicks(page, mode, namespace)
      expect(await namesOf('container', workspace.path)).toEqual(
        [names.holder, names.devContainer(), names.keeper, names.session].toSorted(),
      )
      await SEEN[mode](scenario)
      await picture(page, `${mode}-shell`)
      await openView(page, 'Attachments')
      const row = rowOf(page, workspace.environment)
      await row.getByText('healthy', { exact: true }).waitFor()
      const shown = await row.allInnerTexts()
      for (const text of mode === 'ingest' ? [mode, 'web'] : [mode, '8080:http', 'web'])
        expect(shown.join()).toContain(text)
      await picture(page, `${mode}-home`)
      await detachByClicks(page, workspace.environment)
      await eventually(async () => expect(await leftoversOf(workspace)).toEqual([]))
      await openView(page, 'Attachments')
      await row.waitFor({ state: 'detached' })
      await eventually(async () => expect(await answererOf()).toBe('the cluster'))
      expect(complaints).toEqual([])
    })(),
)
