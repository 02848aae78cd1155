import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kubectl } from './harness/cluster.ts'
import { docker } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { partOf } from './harness/random.ts'
import { within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'

test.concurrent.for(partOf(['sidecar', 'node'], 1))(
  "with --agent %s, where the pods' variables change the copies and new shells have them, and it is told",
  agent =>
    within({ projectVariables: { OURS: 'project' } }, async scenario => {
      const { names, namespace, workspace, person } = scenario
      const started = await startServing(scenario, { options: ['--agent', agent] })
      expect(await docker(['exec', names.session, 'session-state', '--news'])).toBe('')
      const change = ['set', 'env', 'deployment/api', "MEANWHILE=it's new", 'OURS=pod']
      await kubectl(['--namespace', namespace, ...change])
      await eventually(() => expect(started.stderr()).toMatch(/The environment of "api" changed at /))
      expect(await docker(['logs', names.session])).toMatch(/ changed: api: .*MEANWHILE/)
      const { stdout } = await person.run(['kde-tp', 'status'])
      expect(stdout).toMatch(/ changed: api +its pods have other environment variables: .*MEANWHILE/)
      const file = join(workspace.environmentPath, `.telepresence/env-files/${namespace}/api.env`)
      expect(readFileSync(file, 'utf8')).toContain("MEANWHILE='it'\\''s new'\nOURS='pod'\n")
      expect(statSync(file).mode & 0o777).toBe(0o600)
      const words = ['kde-tp', 'exec', namespace, 'api', '--workspace', workspace.path]
      const shown = await person.run([...words, '--', 'bash', '-c', 'echo "$MEANWHILE, $OURS"'])
      expect(shown.stdout, shown.stderr).toBe("it's new, project\n")
      started.signal('SIGTERM')
      expect((await started.ended).exitCode, started.stderr()).toBe(143)
    })(),
)
