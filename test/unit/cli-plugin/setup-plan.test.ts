import { test } from 'vitest'
import type { Computer, Directory } from '../../../cli-plugin/setup/computer.ts'
import { planInstallation, planRemoval } from '../../../cli-plugin/setup/plan.ts'

const PLUGIN_FILE = '/home/ada/.docker/cli-plugins/docker-kdetp'

const directory = (path: string, differing: Partial<Directory> = {}): Directory => ({
  path,
  isWritable: true,
  docker: 'nobody',
  hasShimScript: false,
  kdeTp: 'nobody',
  ...differing,
})

const installedIn = (path: string, differing: Partial<Directory> = {}): Directory =>
  directory(path, { docker: 'setup', hasShimScript: true, kdeTp: 'setup', ...differing })

function computer(directories: readonly Directory[], ...searchPaths: readonly string[]): Computer {
  return {
    program: '/download/kde-tp',
    pluginFile: PLUGIN_FILE,
    plugin: 'nobody',
    directories,
    searchPaths: searchPaths.map(path => ({ directories: path.split(':'), docker: '/usr/bin/docker' })),
  }
}

const described = (steps: ReturnType<typeof planRemoval>): readonly string[] =>
  steps.map(({ kind, path }) => `${kind}: ${path}`)

test('plugin, program and shim are made, the shim ahead of docker', ({ expect }) => {
  const plan = planInstallation(computer([directory('/own')], '/own:/usr/bin', '/first:/own:/usr/bin'))
  expect(described(plan)).toEqual([
    `copy-program: ${PLUGIN_FILE}`,
    'link-to-plugin: /own/kde-tp',
    'write-shim: /own/kde-tp-docker',
    'link-to-shim: /own/docker',
  ])
})

test.for([
  { because: 'a new login shell does not have it', path: '/own:/usr/bin', login: '/usr/bin' },
  { because: 'this shell does not have it', path: '/usr/bin', login: '/own:/usr/bin' },
  { because: 'it stands behind docker in one of them', path: '/own:/usr/bin', login: '/usr/bin:/own' },
])('a directory is no place for the shim when $because', ({ path, login }, { expect }) => {
  const plan = described(planInstallation(computer([directory('/own')], path, login)))
  expect(plan).not.toContain('link-to-shim: /own/docker')
})

test('a directory that cannot be written, or has a docker of its own, is passed over', ({ expect }) => {
  const directories = [
    directory('/theirs', { isWritable: false }),
    directory('/other', { docker: 'other', kdeTp: 'other' }),
    directory('/own'),
  ]
  const plan = described(planInstallation(computer(directories, '/theirs:/other:/own:/usr/bin')))
  expect(plan).toContain('link-to-shim: /own/docker')
  expect(plan).toContain('link-to-plugin: /own/kde-tp')
  expect(plan.filter(step => step.startsWith('remove'))).toEqual([])
})

test('what root has set up for everybody is used as it is', ({ expect }) => {
  const everybody = installedIn('/usr/local/bin', { isWritable: false })
  const plan = planInstallation(computer([everybody], '/usr/local/bin:/usr/bin'))
  expect(described(plan)).toEqual([`copy-program: ${PLUGIN_FILE}`])
})

test('the program is not linked where it lies on PATH itself, and not copied onto itself', ({ expect }) => {
  const onPath = computer([directory('/own', { kdeTp: 'program' })], '/own:/usr/bin')
  expect(described(planInstallation({ ...onPath, plugin: 'program' }))).toEqual([
    'write-shim: /own/kde-tp-docker',
    'link-to-shim: /own/docker',
  ])
})

test('a shim that stands in a worse place is removed', ({ expect }) => {
  const plan = planInstallation(
    computer([directory('/better'), installedIn('/own')], '/better:/own:/usr/bin'),
  )
  expect(described(plan).slice(4)).toEqual([
    'remove: /own/docker',
    'remove: /own/kde-tp-docker',
    'remove: /own/kde-tp',
  ])
})

test('removal takes what setup made, the link-to-shim before the shim, and nothing else', ({ expect }) => {
  const directories = [
    installedIn('/own'),
    directory('/overwritten', { docker: 'other', hasShimScript: true }),
    directory('/downloaded', { kdeTp: 'program' }),
    directory('/others', { docker: 'other', kdeTp: 'other' }),
    installedIn('/usr/local/bin', { isWritable: false }),
  ]
  const installed: Computer = { ...computer(directories, '/own:/usr/bin'), plugin: 'setup' }
  expect(described(planRemoval(installed))).toEqual([
    'remove: /own/docker',
    'remove: /own/kde-tp-docker',
    'remove: /own/kde-tp',
    'remove: /overwritten/kde-tp-docker',
    `remove: ${PLUGIN_FILE}`,
  ])
  expect(planRemoval({ ...computer([], '/usr/bin'), plugin: 'other' })).toEqual([])
})
