import { realpathSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EmitEvent } from '../session/events.ts'
import type { Edges } from './command.ts'
import { openBrowser } from './edges/browser.ts'
import { createDocker } from './edges/docker.ts'
import { createEngine } from './edges/engine.ts'
import { createEngineApi } from './edges/engine-api.ts'
import { files } from './edges/files.ts'
import { installation } from './edges/installation.ts'
import { createOwnProgram } from './edges/own-program.ts'
import { readPage } from './edges/page.ts'
import { readPerson } from './edges/person.ts'
import { prompts } from './edges/prompts.ts'
import { relay } from './edges/relay.ts'
import { searchMore } from './edges/search-path.ts'
import { listenToSignals } from './edges/signals.ts'

/** The real world, as one command may touch it. */
export function createEdges(
  dockerOptions: readonly string[],
  output: { readonly asJson: boolean; readonly emit: EmitEvent },
): Edges {
  const signals = listenToSignals(process.env['DOCKER_CLI_PLUGIN_SOCKET'])
  const terminal = { stdin: process.stdin.isTTY === true, stdout: process.stdout.isTTY === true }
  const isWatched = process.stderr.isTTY === true && !output.asJson
  const program = process.env['DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND'] ?? 'docker'
  if (program === 'docker') searchMore(process.env)
  const docker = { program, dockerOptions, isWatched }
  return {
    docker: createDocker(docker, signals.abort),
    dockerUncancelled: createDocker(docker),
    engine: createEngine(docker),
    engineApi: createEngineApi,
    openBrowser,
    ownProgram: createOwnProgram(dockerOptions),
    readPage: () => readPage(process.env),
    files,
    installation,
    relay,
    signals,
    terminal,
    prompts: prompts(terminal.stdin && isWatched),
    environment: process.env,
    workingDirectory: realpathSync(process.cwd()),
    person: readPerson(files),
    now: Date.now,
    sleep: (milliseconds, signal) =>
      sleep(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
    emit: output.emit,
    print: text => void process.stdout.write(text),
  }
}
