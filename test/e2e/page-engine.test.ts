import { expect, test } from 'vitest'
import { withWorkstation } from '../chaos/workstation.ts'
import { withinPage } from './harness/browser.ts'
import { openView, rowOf } from './harness/by-clicks.ts'
import { eventually } from './harness/eventually.ts'
import { startServing } from './harness/serving.ts'

test(
  'an engine that stops shows with what to do, and the page comes back with it by itself',
  () =>
    withWorkstation('volume', workstation =>
      withinPage({ engine: workstation.engine }, async scenario => {
        const { page, workspace, person, namespace, answererOf } = scenario
        await startServing(scenario, { options: ['--detach'], command: ['python3', 'serve.py'] })
        const row = rowOf(page, workspace.environment)
        await row.getByText('healthy', { exact: true }).waitFor()
        await workstation.losePower()
        const alert = page.getByRole('alert').filter({ hasText: 'ENGINE_UNREACHABLE' })
        await alert.getByText('Start Docker').waitFor()
        await page.getByText('What follows is what was seen last.').waitFor()
        await openView(page, 'Clear and uninstall')
        await alert.waitFor()
        await openView(page, 'Attachments')
        await workstation.start()
        await alert.waitFor({ state: 'detached' })
        await row.getByText('healthy', { exact: true }).waitFor()
        await eventually(async () => expect(await answererOf()).toBe('the dev container'))
        await person.run(['kde-tp', 'detach', namespace, 'api', '--workspace', workspace.path])
        await row.waitFor({ state: 'detached' })
      })(),
    ),
  600_000,
)
