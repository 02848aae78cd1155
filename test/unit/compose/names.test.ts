import { test } from 'vitest'
import {
  devContainerName,
  holderHostname,
  type OwnerOf,
  type Place,
  placeKey,
  projectName,
  sessionContainerName,
} from '../../../compose/names.ts'

const nobody: OwnerOf = () => undefined
const somebody: OwnerOf = () => 'somebody else'
const ownedBy =
  (owner: string): OwnerOf =>
  () =>
    owner

test.for([
  ['demo', 'kde-tp-demo'],
  ['my_env-2', 'kde-tp-my_env-2'],
  ['Demo', /^kde-tp-demo-[0-9a-f]{6}$/],
  ['my.env', /^kde-tp-my-env-[0-9a-f]{6}$/],
  ['a'.repeat(40), `kde-tp-${'a'.repeat(40)}`],
  ['a'.repeat(41), /^kde-tp-a{40}-[0-9a-f]{6}$/],
  ['環境', /^kde-tp---[0-9a-f]{6}$/],
] as const)('the Compose project of %s is a name that Compose takes', ([environment, name], { expect }) => {
  expect(projectName('/w', environment, nobody)).toMatch(
    new RegExp(typeof name === 'string' ? `^${name}$` : name),
  )
  expect(projectName('/w', environment, nobody)).toMatch(/^[a-z0-9][a-z0-9_-]*$/)
})

test('environments that differ only in what Compose does not take have different projects', ({ expect }) => {
  const names = ['my.env', 'my env', 'my-env', 'My-env', 'MY-ENV'].map(name =>
    projectName('/w', name, nobody),
  )
  expect(new Set(names).size).toBe(names.length)
})

test("a project's name that another workspace has gets 4 hex of our path, always the same", ({ expect }) => {
  expect(projectName('/home/ada/w', 'demo', ownedBy('/home/ada/w'))).toBe('kde-tp-demo')
  const ours = projectName('/home/ada/w', 'demo', somebody)
  expect(ours).toMatch(/^kde-tp-demo-[0-9a-f]{4}$/)
  expect(projectName('/home/ada/w', 'demo', ownedBy('/home/bob/w'))).toBe(ours)
  expect(projectName('/home/bob/w', 'demo', somebody)).not.toBe(ours)
})

test("two places that give one KDE-cli name get two: the second one's ends in 4 hex", ({ expect }) => {
  const first: Place = { workspacePath: '/w', environment: 'dev', namespace: 'a-b' }
  const second: Place = { workspacePath: '/w', environment: 'dev-a', namespace: 'b' }
  const name = sessionContainerName(first, nobody)
  expect(name).toBe('kde-telepresence-session-dev-a-b')
  expect(sessionContainerName(second, nobody)).toBe(name)
  expect(sessionContainerName(second, ownedBy(placeKey(first)))).toMatch(
    /^kde-telepresence-session-dev-a-b-[0-9a-f]{4}$/,
  )
  expect(sessionContainerName(first, ownedBy(placeKey(first)))).toBe(name)
})

test('two workspaces with one environment get two session names on one engine', ({ expect }) => {
  const ada: Place = { workspacePath: '/home/ada/w', environment: 'demo', namespace: 'myapp' }
  const bob: Place = { ...ada, workspacePath: '/home/bob/w' }
  expect(sessionContainerName(bob, ownedBy(placeKey(ada)))).not.toBe(sessionContainerName(ada, nobody))
})

test("a project's directory name may hold what no container's name may", ({ expect }) => {
  expect(devContainerName('kde-tp-demo', 'myapp', 'web.app')).toBe('kde-tp-demo-dev-myapp-web.app')
  const [blank, at] = ['my app', 'my@app'].map(name => devContainerName('kde-tp-demo', 'myapp', name))
  expect(blank).toMatch(/^kde-tp-demo-dev-myapp-my-app-[0-9a-f]{4}$/)
  expect(at).not.toBe(blank)
})

test.for([
  ['ada', 'laptop', 'ada-laptop'],
  ['Ada.Lovelace', 'Laptop.local.example', 'ada-lovelace-laptop'],
  ['ünï', 'høst', 'n--h-st'],
  ['', '', 'kde-tp'],
  ['-', '-', 'kde-tp'],
] as const)('%s at %s is shown to teammates as %s', ([user, host, hostname], { expect }) => {
  expect(holderHostname(user, host)).toBe(hostname)
})

test('a long hostname is cut to what DNS takes', ({ expect }) => {
  expect(holderHostname('a'.repeat(62), 'laptop')).toBe('a'.repeat(62))
  expect(holderHostname('a'.repeat(80), 'laptop')).toHaveLength(63)
})

test('a session of an environment that Docker could not name so is named like its Compose project', ({
  expect,
}) => {
  const place = {
    workspacePath: '/w',
    environment: 'arn:aws:eks:eu-west-1:1234:cluster/x',
    namespace: 'myapp',
  }
  expect(sessionContainerName(place, nobody)).toMatch(
    /^kde-telepresence-session-arn-aws-eks-eu-west-1-1234-cluster-x-[0-9a-f]{6}-myapp$/,
  )
  // KDE-cli's own name, whatever it is.
  expect(sessionContainerName({ ...place, environment: 'Dev.1' }, nobody)).toBe(
    'kde-telepresence-session-Dev.1-myapp',
  )
})

test('directories of one name are told apart, and named by their last part', ({ expect }) => {
  const names = ['/home/ada/my shop', '/tmp/my shop'].map(path =>
    devContainerName('kde-tp-demo', 'myapp', path),
  )
  for (const name of names) expect(name).toMatch(/^kde-tp-demo-dev-myapp-my-shop-[0-9a-f]{4}$/)
  expect(names[0]).not.toBe(names[1])
})
