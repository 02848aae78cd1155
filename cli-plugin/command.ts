import type { SessionEvent } from '../session/events.ts'
import type { RunDocker } from '../session/tool-command.ts'
import type { OpenBrowser } from './edges/browser.ts'
import type { Engine } from './edges/engine.ts'
import type { EngineApi } from './edges/engine-api.ts'
import type { Files } from './edges/files.ts'
import type { Installation } from './edges/installation.ts'
import type { RunOwnProgram } from './edges/own-program.ts'
import type { Page } from './edges/page.ts'
import type { Person } from './edges/person.ts'
import type { Prompts } from './edges/prompts.ts'
import type { Relay } from './edges/relay.ts'
import type { Signals } from './edges/signals.ts'

/** One option of a command, as parseArgs and `--help` need it. */
export interface Option {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  /** The value's name in `--help`, as LOCAL:REMOTE. */
  readonly value?: string
  /** What the bare option means. Another value then takes `=`, as Docker has it. */
  readonly valueWhenBare?: string
  readonly summary: string
}

export type Options = Readonly<Record<string, Option>>

type ValueOf<O extends Option> = O['type'] extends 'boolean'
  ? boolean | undefined
  : O['multiple'] extends true
    ? readonly string[] | undefined
    : string | undefined

export type Values<S extends Options> = { readonly [K in keyof S]: ValueOf<S[K]> }

/** What was typed for one command. `command` is what stood after `--`; undefined where there was no `--`. */
export interface Typed<S extends Options> {
  readonly values: Values<S>
  readonly positionals: readonly string[]
  readonly command: readonly string[] | undefined
}

/** All that a command may touch of the world. */
export interface Edges {
  readonly docker: RunDocker
  /** The same, which no request to end cancels: for what has to be done last. */
  readonly dockerUncancelled: RunDocker
  readonly engine: Engine
  /** Over the engine's socket at this path. */
  readonly engineApi: (socketPath: string) => EngineApi
  readonly files: Files
  readonly installation: Installation
  readonly openBrowser: OpenBrowser
  readonly ownProgram: RunOwnProgram
  readonly prompts: Prompts
  /** What `ui` serves; undefined where there is none. */
  readonly readPage: () => Page | undefined
  readonly relay: Relay
  readonly signals: Signals
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A real path. */
  readonly workingDirectory: string
  readonly person: Person
  readonly terminal: { readonly stdin: boolean; readonly stdout: boolean }
  now(): number
  /** Ends early, without an error, when `end` is aborted. */
  sleep(milliseconds: number, end?: AbortSignal): Promise<void>
  emit(event: SessionEvent): void
  /** Text for standard output: a command's result. */
  print(text: string): void
}

export interface Command<S extends Options = Options> {
  readonly name: string
  readonly summary: string
  /** What follows the command's name in the usage line. */
  readonly usage: string
  readonly description?: string
  readonly options: S
  /** At most so many words that are no options; default 0. */
  readonly positionals?: number
  /** What of the cluster its words name, in their order: a shell is offered those that there are. */
  readonly names?: readonly ('namespace' | 'workload')[]
  /** Whether `-- COMMAND…` is understood. */
  readonly takesCommand?: true
  readonly hidden?: true
  /** Returns the exit code. */
  run(typed: Typed<S>, edges: Edges): Promise<number>
}

/** Keeps the types of the options for `run`. */
export function defineCommand<const S extends Options>(command: Command<S>): Command<S> {
  return command
}
