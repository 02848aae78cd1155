import type { Edges } from '../../cli-plugin/command.ts'
import type { Installation } from '../../cli-plugin/edges/installation.ts'
import { fakeDocker } from './docker.ts'
import { fakeFiles } from './files.ts'
import { fakePrompts } from './prompts.ts'

/**
 * Ada's computer, on which there is nothing but what is given: no docker that answers, no file, no terminal. Time passes
 * in sleep alone.
 */
export function fakeEdges(given: Partial<Edges> = {}): Edges {
  const { docker, engine } = fakeDocker([])
  let time = 0
  return {
    docker,
    engine,
    dockerUncancelled: given.docker ?? docker,
    files: fakeFiles({}),
    installation: nothingInstalled,
    engineApi: unexpected('call of the engine'),
    openBrowser: () => undefined,
    ownProgram: unexpected('run of the program'),
    readPage: () => undefined,
    prompts: fakePrompts(undefined),
    relay: async () => undefined,
    signals: {
      abort: new AbortController().signal,
      received: () => undefined,
      during: (_, work) => work,
    },
    environment: {},
    workingDirectory: '/w',
    person: { name: 'ada', host: 'laptop', home: '/home/ada', userId: 1000, groupId: 1000 },
    terminal: { stdin: false, stdout: false },
    now: () => time,
    sleep: async milliseconds => {
      time += milliseconds
    },
    emit: () => undefined,
    print: () => undefined,
    ...given,
  }
}

const unexpected = (what: string) => (): never => {
  throw new Error(`unexpected ${what}`)
}

const nothingInstalled: Installation = new Proxy({} as Installation, {
  get: (_, name) => {
    throw new Error(`unexpected look at the installation: ${String(name)}`)
  },
})
