import { screen, within } from '@testing-library/react'
import { test } from 'vitest'
import { fakeHome } from './fake-home.ts'
import { showPage } from './show-page.tsx'
import { choices, gone, notYours, status } from './told.ts'

test('the doctor ticks off what is well, says one thing to do for the rest, and looks again', async ({
  expect,
}) => {
  const { home, user } = showPage('#/doctor')
  await screen.findByText('To be mended: 1')
  expect(screen.getAllByRole('img').map(mark => mark.getAttribute('aria-label'))).toEqual([
    'in order',
    'to be mended',
    'to know',
  ])
  expect(screen.getByText('Start the cluster.')).toBeTruthy()
  await user.type(screen.getByRole('textbox', { name: 'Also look into this namespace' }), 'myapp')
  await user.click(screen.getByRole('button', { name: 'Look again' }))
  expect(home.runs.at(-1)).toBe('doctor myapp')
})

test('what clear ends, and whose that is, is said before it is done', async ({ expect }) => {
  const home = fakeHome(
    [
      /^clear (.*)--yes/,
      [{ type: 'cleared', removed: [{ kind: 'container', name: 'x' }], kept: [], refused: [] }],
    ],
    [/^clear/, [notYours]],
  )
  const { user } = showPage('#/remove', home)
  const panel = within(await screen.findByRole('region', { name: 'Clear demo' }))
  expect(panel.getAllByRole('listitem').map(item => item.textContent)).toEqual([
    'worker in myapp, of bob@desk',
    'api in myapp, of ada@laptop',
    'the session with myapp, of ada@laptop',
  ])
  expect(panel.getByText('This is about several people: ada@laptop, bob@desk')).toBeTruthy()
  await user.click(panel.getByRole('button', { name: 'Clear demo' }))
  await user.click(await panel.findByRole('button', { name: 'End it all the same' }))
  await screen.findByText('Removed: x')
  home.answer(/^status/, [status()])
  home.tell(/^events/, gone)
  await expect.poll(() => screen.queryByRole('region', { name: 'Clear demo' })).toBeNull()
  expect(screen.getByText('Removed: x')).toBeTruthy()
})

test('the traffic-manager is taken out only after a question', async ({ expect }) => {
  const { home, user } = showPage('#/remove')
  await user.type(await screen.findByRole('textbox', { name: 'Namespace' }), 'myapp{Enter}')
  const affected = await screen.findByRole('list', { name: 'Workloads with an agent' })
  expect(affected.textContent).toContain('api: ready, perhaps held by another session')
  await user.click(screen.getByRole('checkbox', { name: /traffic-manager/ }))
  await user.click(screen.getByRole('button', { name: 'Take out the traffic-manager' }))
  expect(home.runs.some(run => run.startsWith('uninstall'))).toBe(false)
  await user.click(screen.getByRole('button', { name: 'End them all, and take it out' }))
  expect(home.runs.at(-1)).toBe('uninstall --environment demo --traffic-manager myapp')
})

test('of several environments the one is named that uninstall and doctor are about, and another can be', async ({
  expect,
}) => {
  const { home, user } = showPage('#/remove')
  const panel = within(await screen.findByRole('region', { name: 'Uninstall' }))
  const environment = await panel.findByRole<HTMLInputElement>('combobox', { name: 'Environment' })
  await expect.poll(() => environment.value).toBe('demo')
  await user.clear(environment)
  await user.type(environment, 'staging{Enter}')
  home.answer(/^choices/, [{ ...choices, environment: 'staging' } as typeof choices])
  await user.type(panel.getByRole('textbox', { name: 'Namespace' }), 'myapp{Enter}')
  await expect.poll(() => home.runs).toContain('list --environment staging myapp')
  await user.click(await screen.findByRole('button', { name: 'Take out the agents' }))
  expect(home.runs.at(-1)).toBe('uninstall --environment staging myapp')
  await user.click(screen.getByRole('link', { name: 'Doctor' }))
  await expect.poll(() => home.runs).toContain('doctor --environment staging')
})
