import type { Engine, Held } from '../../cli-plugin/edges/engine.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { RunDocker } from '../../session/tool-command.ts'

/** What docker says to each call whose words match. */
export interface Answer {
  readonly to: RegExp
  /** So often, and then what is said next; without it, each time. */
  readonly times?: number
  readonly stdout?: string
  readonly stderr?: string
  readonly exitCode?: number
  /** Of a process that is held open: it does not wait for the end of its input. */
  readonly endsAtOnce?: true
  /** Of one that goes on until it is ended. */
  readonly goesOn?: true
}

type Output = Required<Omit<Answer, 'to' | 'times' | 'endsAtOnce' | 'goesOn'>> &
  Pick<Answer, 'endsAtOnce' | 'goesOn'>

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

/** Nothing befalls an attachment, unless an answer before tells it. */
const NO_NEWS: readonly Answer[] = [
  { to: /^exec \S+ session-state --news$/ },
  { to: /^container logs --timestamps --follow --tail 0 /, goesOn: true },
]

/** A docker that knows these answers: any other call is a failure. */
export function fakeDocker(answers: readonly Answer[]): FakeDocker {
  const [calls, written, inputs]: [string[], string[], string[]] = [[], [], []]
  const used = new Map<Answer, number>()

  function answerTo(args: readonly string[]): Output {
    const words = args.join(' ')
    calls.push(words)
    const answer = [...answers, ...NO_NEWS].find(
      each => each.to.test(words) && (used.get(each) ?? 0) < (each.times ?? Infinity),
    )
    if (answer === undefined) throw new Error(`unexpected call: docker ${words}`)
    used.set(answer, 1 + (used.get(answer) ?? 0))
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
      async attach(args, { onOutput, end }) {
        const { stdout, stderr, exitCode, goesOn } = answerTo(args)
        if (stdout !== '') onOutput?.('stdout', stdout)
        if (stderr !== '') onOutput?.('stderr', stderr)
        if (goesOn && end?.aborted === false)
          await new Promise(resolve => end.addEventListener('abort', resolve, { once: true }))
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
function held(output: Output, written: string[]): Held {
  let end: () => void = () => undefined
  const ended = new Promise<typeof output>(resolve => {
    end = () => resolve(output)
    if (output.endsAtOnce) end()
  })
  return {
    firstLine: Promise.resolve(output.stdout === '' ? undefined : output.stdout.trim()),
    ended,
    write: line => void written.push(line),
    end: () => end(),
  }
}
