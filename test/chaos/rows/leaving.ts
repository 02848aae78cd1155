import { expect } from 'vitest'
import { docker } from '../../e2e/harness/engine.ts'
import type { Started } from '../../e2e/harness/person.ts'
import { AGENTS, type Round, type Row } from '../row.ts'
import { serve, serveFromPipe, serveFromShell, serveThroughDocker } from '../serve.ts'
import { endOf, secondsUntilOver, whileAsking } from '../watch.ts'

export const shellExits: Row = {
  name: 'shell-exits',
  worst: 15,
  median: 5,
  events: ['0', '1', '130', '137'],
  agents: AGENTS,
  play: round =>
    whileAsking(round, async probe => {
      const shell = await serveFromShell(round)
      const since = Date.now()
      shell.write(`exit ${round.event}\n`)
      const seconds = await secondsUntilOver(round, probe, since)
      expect((await endOf(shell)).exitCode, shell.stderr()).toBe(Number(round.event))
      return seconds
    }),
}

interface Cut {
  readonly start: (round: Round) => Promise<Started>
  readonly cut: (started: Started) => void
}

/** However a command dies, its lease ends. */
const cuts: Readonly<Record<string, Cut>> = {
  'kill -9 of the command': { start: serve, cut: command => command.signal('SIGKILL') },
  'kill -9 of docker': { start: serveThroughDocker, cut: docker => docker.signal('SIGKILL') },
  // To one with a terminal it does the same as whoever closes that.
  'sshd ends the connection': { start: serveFromPipe, cut: command => command.hangUp() },
  'terminal closed': { start: serveFromShell, cut: terminal => terminal.signal('SIGKILL') },
}

export const commandDies: Row = {
  name: 'command-dies',
  worst: 30,
  events: Object.keys(cuts),
  agents: AGENTS,
  play: round =>
    whileAsking(round, async probe => {
      const cut = cuts[round.event]
      const started = await (cut?.start ?? serve)(round)
      const since = Date.now()
      cut?.cut(started)
      return secondsUntilOver(round, probe, since)
    }),
}

const ends: Readonly<Record<string, readonly string[]>> = {
  'kill -9': ['kill', '--signal', 'KILL'],
  'rm -f': ['rm', '--force'],
}

export const devContainerDies: Row = {
  name: 'dev-container-dies',
  worst: 15,
  events: Object.keys(ends),
  agents: AGENTS,
  play: round =>
    whileAsking(round, async probe => {
      const started = await serve(round)
      const since = Date.now()
      await docker([...(ends[round.event] ?? []), round.scenario.names.devContainer()])
      const seconds = await secondsUntilOver(round, probe, since)
      await endOf(started)
      return seconds
    }),
}
