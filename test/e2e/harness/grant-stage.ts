import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect } from 'vitest'
import { parse, stringify } from 'yaml'
import { LABEL } from '../../../compose/labels.ts'
import type { ComposeProject, ComposeService } from '../../../compose/project.ts'
import type { ToolCommand } from '../../../session/tool-command.ts'
import { type MakingCall, putDockerInBetween } from './docker-in-between.ts'
import { removeAllOf } from './engine.ts'
import { type Grant, withoutGrant, wordsWithoutGrant } from './grants.ts'
import type { Ended, Started, StartOptions } from './person.ts'
import { theRun } from './run.ts'
import { openScenario, removeScenario, type Scenario } from './scenario.ts'
import { giveTo } from './workspace.ts'

/** What a container of one role is not to be given. Of `docker run` the role is what the container is for. */
export interface Removal {
  readonly role: string
  readonly grant: Grant
}

/** A scenario in which what is started lacks one grant. */
export interface GrantStage {
  readonly scenario: Scenario
  /** From here on; undefined: nothing is removed. */
  remove(removal: Removal | undefined): void
  /** Whether anything has lacked what was removed last. */
  hasRemoved(): boolean
  start(words: readonly string[], options?: StartOptions): Started
  run(words: readonly string[]): Promise<Ended>
  /** Runs a `docker run` of ours as the keeper would; `elsewhere` makes its words those that another engine fails at. */
  call<T>(role: string, command: ToolCommand<T>, elsewhere?: (word: string) => string): Promise<T>
  /** Has a session and a dev container that serves on port 3000 of its loopback; or, with `false`, nothing at all. */
  keepSession(isKept?: boolean): Promise<void>
  close(): Promise<void>
}

/** The workspace is on a mount that is shared, and its person has what KDE-cli lends to dev containers. */
export async function openGrantStage(): Promise<GrantStage> {
  const scenario = await openScenario({
    projects: ['web', 'base'],
    workloads: [{ name: 'api' }, { name: 'base' }],
  })
  const { path } = scenario.workspace
  execFileSync('mount', ['--bind', path, path])
  execFileSync('mount', ['--make-shared', path])
  makePersonal(scenario)
  let removal: Removal | undefined
  let hasRemoved = false
  const alter = (call: MakingCall): MakingCall => {
    const changed = removal === undefined ? undefined : withoutIn(call, removal)
    hasRemoved ||= changed !== undefined
    return changed ?? call
  }
  const between = await putDockerInBetween(join(scenario.directory, 'between'), alter)
  const start: GrantStage['start'] = (words, options) =>
    scenario.person.start(words, {
      ...options,
      env: { PATH: `${between.directory}:${theRun().directory}/bin:${process.env['PATH']}` },
    })
  const run: GrantStage['run'] = words => {
    const started = start(words)
    started.endInput()
    return started.ended
  }
  return {
    scenario,
    start,
    run,
    remove(next) {
      removal = next
      hasRemoved &&= next === undefined
    },
    hasRemoved: () => hasRemoved,
    async call(role, { args, stdin, parse }, elsewhere = word => word) {
      const { words } = alter({ words: args, input: '', role })
      const {
        stdout,
        stderr,
        exitCode = 1,
      } = await execa('docker', words.map(elsewhere), {
        reject: false,
        ...(typeof stdin === 'string' ? { input: stdin } : { stdin: 'ignore' }),
      })
      return parse({ stdout, stderr, exitCode })
    },
    keepSession: sessionKeeper(scenario),
    async close() {
      between.close()
      await scenario.person.run(['kde-tp', 'clear', '--workspace', path])
      execFileSync('umount', ['--lazy', path])
      await removeScenario(scenario)
    },
  }
}

function makePersonal({ person }: Scenario): void {
  const { home } = person
  mkdirSync(join(home, '.docker'))
  writeFileSync(join(home, '.docker/config.json'), '{}')
  writeFileSync(join(home, '.netrc'), 'machine example.com\n')
  giveTo(person.account, home)
}

/** The call without the grant; undefined where it makes no container of that role. */
function withoutIn({ words, input, role }: MakingCall, removal: Removal): MakingCall | undefined {
  if (words[0] === 'run')
    return role === removal.role ? { words: wordsWithoutGrant(words, removal.grant), input } : undefined
  const project = parse(input) as ComposeProject | null
  // A compose that was told to give up.
  if (project === null) return undefined
  const of = Object.entries(project.services).filter(([name, service]) => isOf(name, service, removal, words))
  if (of.length === 0) return undefined
  const changed = of.map(([name, service]) => [name, withoutGrant(service, removal.grant)] as const)
  const services = { ...project.services, ...Object.fromEntries(changed) }
  return { words, input: stringify({ ...project, services }) }
}

/** A service that stands by, as the holder beside a dev container, is not started by this call. */
const isOf = (name: string, service: ComposeService, { role }: Removal, words: readonly string[]): boolean =>
  service.labels[LABEL.role] === role && words.includes(name)

function sessionKeeper({ person, namespace, workspace }: Scenario): GrantStage['keepSession'] {
  let isThere = false
  const serving = ['python3', '-m', 'http.server', '3000', '--bind', '127.0.0.1']
  const words = [
    ...['kde-tp', 'ingest', namespace, 'base', '--workspace', workspace.path, '--agent', 'sidecar'],
    ...['--project', 'base', '--detach', '--', ...serving],
  ]
  return async (isKept = true) => {
    if (isKept && !isThere) {
      const { exitCode, stderr } = await person.run(words)
      expect(exitCode, stderr).toBe(0)
    }
    if (isThere && !isKept) await person.run(['kde-tp', 'clear', '--workspace', workspace.path])
    // What lacked something may have left something.
    if (!isKept) await removeAllOf(workspace.path)
    isThere = isKept
  }
}
