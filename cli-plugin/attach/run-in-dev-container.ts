import { randomUUID } from 'node:crypto'
import { t } from '../../language/t.ts'
import { containerRuns } from '../../session/commands/docker.ts'
import { type Renewal, toScript } from '../../session/remote-environment.ts'
import { nothing, type ToolCommand } from '../../session/tool-command.ts'
import type { Edges } from '../command.ts'
import type { AttachInput } from '../edges/engine.ts'
import { exitCodeOfSignal, type SignalName } from '../edges/signals.ts'
import type { Call } from './call.ts'
import { toBash, workingDirectory } from './compose-input.ts'
import { catchUp, followAttachment } from './follow-attachment.ts'
import { renewCredential } from './renew-credential.ts'

/** Docker Desktop's extensions fail on lines of 10,000 characters and more (docker/extensions-sdk#189). */
const PIECE = /[\s\S]{1,4000}/gu

/** Marks a command's processes in the container: engines hand signals on to nothing that was exec'd. */
const MARK = 'KDE_TP_COMMAND'

/** Opens the person's shell or runs their command; its exit code is the call's. */
export async function runInDevContainer(call: Call): Promise<void> {
  const over = new AbortController()
  const { order, names, edges } = call
  const place = { environment: order.environment, project: names.project }
  void renewCredential(place, order.reach.kubeconfig.renewAt, over.signal, edges)
  const { namespace, attachment } = order.wish
  const { session, devContainer } = names
  const renewed = {
    ...{ session, devContainer, namespace },
    environment: order.environment,
    workload: attachment.workload,
  }
  const renewal = call.progress.attached === undefined ? await catchUp(renewed, edges) : undefined
  void followAttachment(renewed, over.signal, edges)
  const { command, image, options } = order
  call.progress.exitCode = await runInside(
    {
      ...{ command, entrypoint: image.entrypoint, asJson: options.asJson },
      ...{ devContainer, renewal, workingDirectory: workingDirectory(order, edges) },
    },
    edges,
  )
  over.abort()
}

const RENEWAL = 'KDE_TP_RENEWAL'
const RENEWED = ['bash', '-c', `eval "$${RENEWAL}"; unset ${RENEWAL}; exec "$@"`, 'bash']

export interface InsideInput {
  readonly devContainer: string
  /** Of the dev container's image. */
  readonly entrypoint: readonly string[]
  readonly workingDirectory: string
  /** Instead of a shell. */
  readonly command: readonly string[] | undefined
  /** What it gets otherwise than the container has it. */
  readonly renewal: Renewal | undefined
  readonly asJson: boolean
}

/** Runs it, with processes that the mark is found by. Returns the exit code. */
export type RunMarked = (input: InsideInput, mark: string, edges: Edges) => Promise<number>

/**
 * A shell or a command in a dev container, with its exit code. Says so where the container ends under it. `run` gives it
 * another terminal than this one.
 */
export async function runInside(input: InsideInput, edges: Edges, run = runMarked): Promise<number> {
  const exitCode = await run(input, randomUUID(), edges)
  const mayBeKilled = exitCode === KILLED && edges.signals.received() === undefined
  if (mayBeKilled && (await hasStopped(input.devContainer, edges))) {
    const message = t`${input.devContainer} is gone: somebody has detached its workload, cleared its environment, or removed it.`
    edges.emit({ type: 'remark', message })
  }
  return exitCode
}

/** A container's processes end a moment before the engine says that it has. */
async function hasStopped(container: string, { dockerUncancelled, sleep }: Edges): Promise<boolean> {
  for (let looks = 0; looks < 10; looks += 1) {
    if (!(await dockerUncancelled(containerRuns(container)))) return true
    await sleep(100)
  }
  return false
}

/** The exit code of a command whose container is ended. */
const KILLED = 137
/** What a command still prints when it has been ended. */
const LAST_WORDS = 2000

/** The words and further variables of such a process: with the image's entrypoint, as under `docker run`. */
export function toProcess({ entrypoint, command, renewal }: InsideInput, mark: string) {
  const words = [...entrypoint, ...(command === undefined ? ['bash'] : toBash(command))]
  const script = renewal === undefined ? '' : toScript(renewal)
  if (script === '') return { words, variables: { [MARK]: mark } }
  return { words: [...RENEWED, ...words], variables: { [MARK]: mark, [RENEWAL]: script } }
}

/** A request to end is handed on to the command. */
async function runMarked(input: InsideInput, mark: string, edges: Edges): Promise<number> {
  const { command, devContainer, asJson } = input
  const { signals, engine, terminal } = edges
  const hasTerminal = terminal.stdin && terminal.stdout && !asJson
  const { words, variables } = toProcess(input, mark)
  const args = [
    ...['exec', '--interactive', ...(hasTerminal ? ['--tty'] : [])],
    // Without a value docker hands on its own, which no list of processes shows.
    ...Object.keys(variables).flatMap(name => ['--env', name]),
    ...['--workdir', input.workingDirectory, devContainer, ...words],
  ]
  const ended = engine.attach(args, { ...streams(asJson, hasTerminal, edges), variables })
  return new Promise((resolve, reject) => {
    let ending: Promise<void> | undefined
    const end = (signal: SignalName): void => {
      ending ??= endMarked(devContainer, mark, command === undefined ? 'SIGHUP' : signal, edges)
      // A container that cannot be reached any more must not keep the person.
      void ending.then(() => edges.sleep(LAST_WORDS)).then(() => resolve(exitCodeOfSignal(signal)))
    }
    const whole = ended.then(async exitCode => {
      await ending
      return exitCode
    })
    signals.during(end, whole).then(resolve, reject)
  })
}

function streams(asJson: boolean, hasTerminal: boolean, { terminal, emit }: Edges): AttachInput {
  return {
    terminal: hasTerminal,
    stdin: terminal.stdin && !hasTerminal ? 'copy' : 'inherit',
    ...(asJson && {
      onOutput: (stream, text) => {
        for (const piece of text.match(PIECE) ?? []) emit({ type: 'output', stream, text: piece })
      },
    }),
  }
}

// Bash alone, since the image may have nothing else. Field 3 after the name, which may hold blanks, is the group.
const END_SCRIPT = `
marked() {
  groups=()
  local process variable stat fields
  for process in /proc/[0-9]*; do
    while IFS= read -r -d '' variable; do
      [ "$variable" = "$1" ] || continue
      read -r stat < "$process/stat" || continue
      fields=(\${stat##*) })
      groups+=("-\${fields[2]}")
    done < "$process/environ"
  done 2> /dev/null
  [ \${#groups[@]} -gt 0 ]
}
marked "$1" && kill -s "$2" -- "\${groups[@]}" 2> /dev/null
for ((tenths = 0; tenths < 100; tenths++)); do
  marked "$1" || exit 0
  read -r -t 0.1 <> <(:)
done
marked "$1" && kill -s KILL -- "\${groups[@]}" 2> /dev/null
exit 0
`

/**
 * Hands a signal to a command's process groups, waits ten seconds, then ends what is left. An interactive shell takes no
 * notice of SIGTERM; the end of its terminal is what it knows.
 */
export const endMarked = (
  devContainer: string,
  mark: string,
  signal: SignalName,
  { docker }: Edges,
): Promise<void> => docker(endCommand(devContainer, mark, signal.slice('SIG'.length))).catch(() => undefined)

const endCommand = (devContainer: string, mark: string, signal: string): ToolCommand<void> => ({
  // The container's own directory may be gone by now, and no process starts in one that is not there.
  args: ['exec', '--workdir', '/', devContainer, 'bash', '-c', END_SCRIPT, 'bash', `${MARK}=${mark}`, signal],
  anyExitCode: true,
  timeoutSeconds: 30,
  parse: nothing,
})
