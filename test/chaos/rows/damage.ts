import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { dockerOn } from '../../e2e/harness/engine.ts'
import { RUNTIME_IMAGE } from '../../e2e/harness/publisher.ts'
import type { Round, Row } from '../row.ts'
import { expectNextCommand, serve } from '../serve.ts'
import { endOf, secondsUntilOver, whileAsking } from '../watch.ts'

const WATCHED = 20_000
/** What a keeper that looks every minute, and at each event, may have to say meanwhile. */
const FEW_LINES = 20

/** On the workstation, whose images and networks are nobody else's. */
const damages: Readonly<Record<string, (round: Round) => Promise<unknown>>> = {
  'image deleted': ({ workstation }) => dockerOn(workstation?.engine, ['rmi', '--force', RUNTIME_IMAGE]),
  async 'network deleted'({ workstation, scenario }) {
    const docker = (args: readonly string[]) => dockerOn(workstation?.engine, args)
    const filter = `label=kde-tp.workspace=${scenario.workspace.path}`
    const network = await docker(['network', 'ls', '--filter', filter, '--format', '{{.Name}}'])
    await docker(['network', 'disconnect', '--force', network, scenario.names.holder])
    await docker(['network', 'rm', network])
  },
  // Labels of a container cannot be changed, so whoever edits them makes another one.
  'labels edited by hand': ({ workstation, scenario }) => {
    const { workspace, namespace } = scenario
    const labels = {
      schema: 'edited',
      role: 'dev',
      workspace: workspace.path,
      environment: workspace.environment,
      namespace,
      life: 'sometimes',
      attachment: '{"mode":',
    }
    const options = Object.entries(labels).flatMap(([name, value]) => ['--label', `kde-tp.${name}=${value}`])
    const command = ['--entrypoint', 'sleep', RUNTIME_IMAGE, 'infinity']
    return dockerOn(workstation?.engine, ['run', '--detach', ...options, ...command])
  },
}

export const damage: Row = {
  name: 'damage',
  events: Object.keys(damages),
  agents: ['sidecar'],
  hasWorkstation: true,
  isLong: true,
  play: round =>
    whileAsking(round, async probe => {
      const { scenario, workstation } = round
      const started = await serve(round)
      await damages[round.event]?.(round)
      await expectNoLoop(round)
      const status = await scenario.person.run(['kde-tp', 'status'])
      expect(status.exitCode, status.stderr).toBe(0)
      const since = Date.now()
      started.signal('SIGTERM')
      await endOf(started)
      await workstation?.loadImages()
      await expectNextCommand(round)
      const clear = ['kde-tp', 'clear', '--workspace', scenario.workspace.path]
      const cleared = await scenario.person.run(clear)
      expect(cleared.exitCode, cleared.stderr).toBe(0)
      return secondsUntilOver(round, probe, since)
    }),
}

async function expectNoLoop({ workstation, scenario }: Round): Promise<void> {
  const since = new Date().toISOString()
  await sleep(WATCHED)
  const said = await dockerOn(workstation?.engine, ['logs', '--since', since, scenario.names.keeper])
  expect(said.split('\n').length, said).toBeLessThan(FEW_LINES)
}
