import { expect, test } from 'vitest'
import { docker } from './harness/engine.ts'
import { leftoversOf } from './harness/leftovers.ts'
import { within } from './harness/scenario.ts'

test(
  'what render prints is what Compose understands, and nothing is started',
  within({}, async ({ person, namespace, workspace, names }) => {
    const call = ['kde-tp', 'render', 'intercept', namespace, 'api', '--workspace', workspace.path]
    const { stdout, stderr, exitCode } = await person.run([
      ...call,
      ...['--project', 'web', '--port', '8080:http', '--publish', '3000'],
    ])
    expect(exitCode, stderr).toBe(0)
    const project = ['--project-name', names.composeProject, '--project-directory', '/', '--file', '-']
    const services = await docker(['compose', ...project, 'config', '--services'], stdout)
    expect(services.split('\n').toSorted()).toEqual(
      [
        `dev-${namespace}-web`,
        `inlet-${namespace}-3000`,
        'keeper',
        `net-${namespace}`,
        `publish-${namespace}-3000`,
        `session-${namespace}`,
      ].toSorted(),
    )
    expect(await leftoversOf(workspace)).toEqual([])
  }),
)
