import { test } from 'vitest'
import { currentEnvironment, findWorkspace, listEnvironments } from '../../../workspace/workspace.ts'
import { filesInMemory } from './files-in-memory.ts'

const files = filesInMemory({
  '/home/ada/shop/kde.env': '',
  '/home/ada/shop/current.env': '# chosen\nCUR_ENV="staging"\n',
  '/home/ada/shop/environments/staging/k8s.env': '',
  '/home/ada/shop/environments/demo/k8s.env': '',
  '/home/ada/shop/environments/half-made/.env': '',
})
const workspacePath = '/home/ada/shop'

test('the workspace is the nearest directory upwards that holds kde.env', ({ expect }) => {
  expect(findWorkspace('/home/ada/shop/environments/demo/', files)).toBe('/home/ada/shop')
  expect(findWorkspace('/home/ada/shop', files)).toBe('/home/ada/shop')
  expect(findWorkspace('/home/ada', files)).toBeUndefined()
  expect(findWorkspace('/', filesInMemory({ '/kde.env': '' }))).toBe('/')
})

test('environments are the directories with a k8s.env, by name', ({ expect }) => {
  expect(listEnvironments(workspacePath, files)).toEqual(['demo', 'staging'])
})

test('inside an environment that one is current, whatever else is said', ({ expect }) => {
  const workingDirectory = '/home/ada/shop/environments/demo/namespaces/myapp'
  const inherited = { CUR_ENV: 'other' }
  expect(currentEnvironment({ workspacePath, workingDirectory, inherited }, files)).toBe('demo')
})

test('elsewhere CUR_ENV says it, then current.env, and nobody guesses', ({ expect }) => {
  const workingDirectory = '/home/ada/shop/environments'
  const inherited = { CUR_ENV: 'other' }
  expect(currentEnvironment({ workspacePath, workingDirectory, inherited }, files)).toBe('other')
  expect(currentEnvironment({ workspacePath, workingDirectory, inherited: {} }, files)).toBe('staging')
  expect(
    currentEnvironment({ workspacePath, workingDirectory, inherited: {} }, filesInMemory({})),
  ).toBeUndefined()
})
