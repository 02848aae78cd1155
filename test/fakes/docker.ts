import type { Engine, Held } from '../../cli-plugin/edges/engine.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { RunDocker } from '../../session/tool-command.ts'

/** What docker says to each call whose words match, however often it is called. */
export interface Answer {
  readonly to: RegExp
  readonly stdout?: string
  readonly stderr?: string
  readonly exitCode?: number
}

export interface FakeDocker {
  readonly docker: RunDocker
  readonly engine: Engine
  /** The words of each call, in order. */
  readonly calls: readonly string[]
  /** What was written into processes that were held open. */
  readonly written: readonly string[]
  /** What each call of Compose was given. */
  readonly inputs: readonly string[]
  unused(): readonly RegExp[]
}

/** A docker that knows these answers: any other call is a failure. */
export function fakeDocker(answers: readonly Answer[]): FakeDocker {
  const [calls, written, inputs]: [string[], string[], string[]] = [[], [], []]
  const used = new Set<Answer>()

  function answerTo(args: readonly string[]): Required<Omit<Answer, 'to'>> {
    const words = args.join(' ')
    calls.push(words)
    const answer = answers.find(({ to }) => to.test(words))
    if (answer === undefined) throw new Error(`unexpected call: docker ${words}`)
    used.add(answer)
    return { stdout: '', stderr: '', exitCode: 0, ...answer }
  }

  return {
    async docker(command) {
      const output = answerTo(command.args)
      if (command.stdin !== undefined) inputs.push(await command.stdin)
      if (output.exitCode !== 0 && command.anyExitCode === undefined)
        throw new KdeTpError('TOOL_FAILED', 'docker failed', { detail: output.stderr })
      return command.parse(output)
    },
    engine: {
      hold: args => held(answerTo(args), written),
      async attach(args, { onOutput }) {
        const { stdout, stderr, exitCode } = answerTo(args)
        if (stdout !== '') onOutput?.('stdout', stdout)
        if (stderr !== '') onOutput?.('stderr', stderr)
        return exitCode
      },
    },
    calls,
    written,
    inputs,
    unused: () => answers.filter(answer => !used.has(answer)).map(({ to }) => to),
  }
}

/** A process that says one line and lives until its input ends. */
function held(output: Required<Omit<Answer, 'to'>>, written: string[]): Held {
  let end: () => void = () => undefined
  const ended = new Promise<typeof output>(resolve => {
    end = () => resolve(output)
  })
  return {
    firstLine: Promise.resolve(output.stdout === '' ? undefined : output.stdout.trim()),
    ended,
    write: line => void written.push(line),
    end: () => end(),
  }
}
