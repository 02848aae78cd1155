import { test } from 'vitest'
import { placeKey } from '../../../compose/names.ts'
import { containersOf, listContainers, ownerOfContainer, ownerOfProject } from '../../../session/observed.ts'
import { devContainer, foreign, holder, keeper, session } from '../../fakes/containers.ts'

const observed = { containers: [keeper, holder, session, devContainer, foreign] }

test('containers are read with their labels, commas and quotes in them included', ({ expect }) => {
  const label = JSON.stringify(devContainer.attachment)
  const lines = [
    [
      'id-dev',
      devContainer.name,
      'running',
      'kde-tp-demo',
      'dev',
      '/w',
      'demo',
      'myapp',
      'shop',
      'leased',
      label,
      '',
      'ada@laptop',
      '',
      '',
      '',
      '1',
    ],
    [
      'id-session',
      session.name,
      'running',
      'kde-tp-demo',
      'session',
      '/w',
      'demo',
      'myapp',
      '',
      '',
      '',
      '10.0.0.0/8,172.16.0.0/12',
      'ada@laptop',
      '',
      '',
      '',
      '1',
    ],
    ['id-foreign', 'postgres', 'running', ...Array(10).fill('')],
  ]
  const { parse } = listContainers()
  expect(
    parse({ stdout: lines.map(line => `${JSON.stringify(line)}\n`).join(''), stderr: '', exitCode: 0 }),
  ).toEqual({
    containers: [devContainer, { ...session, alsoProxy: ['10.0.0.0/8', '172.16.0.0/12'] }, foreign],
  })
  expect(parse({ stdout: '', stderr: '', exitCode: 0 })).toEqual({ containers: [] })
})

test('ours are those of the workspace and environment, by label', ({ expect }) => {
  const named = { ...foreign, name: 'kde-tp-demo-net-myapp', workspacePath: '/w', environment: 'demo' }
  const containers = [...observed.containers, named, { ...holder, workspacePath: '/other' }]
  expect(containersOf({ containers }, { workspacePath: '/w', environment: 'demo' })).toEqual([
    keeper,
    holder,
    session,
    devContainer,
  ])
})

test("a name's owner is a place of ours, or somebody else", ({ expect }) => {
  const place = { workspacePath: '/w', environment: 'demo', namespace: 'myapp' }
  expect(ownerOfContainer(observed)(session.name)).toBe(placeKey(place))
  expect(ownerOfContainer(observed)('postgres')).toBe('somebody else')
  expect(ownerOfContainer(observed)('nobody has it')).toBeUndefined()
  expect(ownerOfProject(observed)('kde-tp-demo')).toBe('/w')
  expect(ownerOfProject({ containers: [{ ...foreign, composeProject: 'shop' }] })('shop')).toBe(
    'somebody else',
  )
  expect(ownerOfProject(observed)('shop')).toBeUndefined()
})
