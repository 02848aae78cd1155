import { t } from '../../language/t.ts'
import { mountOption } from '../../session/commands/mount-option.ts'
import { SECURITY_OPTIONS } from '../../session/commands/security-options.ts'
import { KdeTpError } from '../../session/errors.ts'
import { type ClusterFacts, LookAnswer, lookAnswerOf } from '../../session/facts.ts'
import { NamespaceFacts } from '../../session/listing.ts'
import type { ToolCommand, ToolOutput } from '../../session/tool-command.ts'

/** A question to the hidden command `look`, and how its answer is read. */
export interface LookQuestion<T> {
  readonly words: readonly string[]
  readonly answer: { parse(json: unknown): LookAnswer<T> }
}

interface Place {
  readonly namespace: string | undefined
  readonly managerNamespace: string
}

/** What an attachment has to know. */
export const askFacts = (
  place: Place & { readonly workload?: string | undefined; readonly rights?: true },
): LookQuestion<ClusterFacts> => ({
  words: [
    ...wordsOf(place),
    ...(place.workload === undefined ? [] : ['--workload', place.workload]),
    ...(place.rights === true ? ['--rights'] : []),
  ],
  answer: LookAnswer,
})

/** What `list` shows; without a namespace, which ones there are. */
export const askListing = (place: Place): LookQuestion<NamespaceFacts> => ({
  words: ['--listing', ...wordsOf(place)],
  answer: lookAnswerOf(NamespaceFacts),
})

const wordsOf = ({ namespace, managerNamespace }: Place): readonly string[] => [
  ...(namespace === undefined ? [] : ['--namespace', namespace]),
  ...['--manager-namespace', managerNamespace],
]

/** Looks at the cluster from a running session. Undefined where it can't, as one of another version. */
export const lookFromSession = <T>(
  session: string,
  { words, answer }: LookQuestion<T>,
): ToolCommand<LookAnswer<T> | undefined> => ({
  args: ['exec', session, 'kde-tp', 'look', '--session', ...words],
  anyExitCode: true,
  timeoutSeconds: 60,
  parse(output) {
    try {
      return output.exitCode === 0 ? answer.parse(toJson(output)) : undefined
    } catch {
      return undefined
    }
  },
})

/** Where a look from outside runs, and what it sees the cluster by. */
interface Outside {
  readonly image: string
  readonly network: string
  readonly kubeconfig: string
  /** A directory that the engine's machine has to have too; bound, and not looked into. */
  readonly directory?: string | undefined
}

/** Looks at the cluster from a container of its own, which is gone with the answer. The kubeconfig goes in by stdin. */
export const lookFromContainer = <T>(
  { image, network, kubeconfig, directory }: Outside,
  { words, answer }: LookQuestion<T>,
): ToolCommand<LookAnswer<T>> => ({
  args: [
    ...['run', '--rm', '--interactive', '--pull', 'never', '--network', network, '--cap-drop', 'ALL'],
    ...[...SECURITY_OPTIONS, '--read-only', '--device', '/dev/net/tun'],
    ...(directory === undefined
      ? []
      : ['--mount', mountOption(directory, '/workspace', { isReadOnly: true })]),
    ...[image, 'look', ...words],
  ],
  stdin: kubeconfig,
  anyExitCode: true,
  timeoutSeconds: 90,
  parse(output) {
    if (output.exitCode === 0 && output.stdout !== '') return answer.parse(toJson(output))
    throw lookFailed({ network, directory }, output)
  },
})

const toJson = ({ stdout }: ToolOutput): unknown => JSON.parse(stdout)

const NOT_THERE = /bind source path does not exist|mounts denied|is not shared from the host/i

function lookFailed(
  { network, directory = '' }: Pick<Outside, 'network' | 'directory'>,
  { stderr }: ToolOutput,
): KdeTpError {
  if (NOT_THERE.test(stderr)) {
    return new KdeTpError('WORKSPACE_ELSEWHERE', t`The engine's machine has no directory ${directory}.`, {
      hint: t`Use an engine of this computer, or put the workspace into the same place there; Docker Desktop shares directories in its settings.`,
    })
  }
  if (stderr.includes('/dev/net/tun')) {
    return new KdeTpError(
      'NO_TUN_DEVICE',
      t`The engine's machine has no /dev/net/tun, which Telepresence's network is made of.`,
      {
        hint: t`Load it there with: modprobe tun`,
      },
    )
  }
  if (/network .* not found/i.test(stderr)) {
    return new KdeTpError(
      'CLUSTER_UNREACHABLE',
      t`The environment's Docker network "${network}" is not there.`,
      {
        hint: t`Start the environment, which makes it.`,
      },
    )
  }
  return new KdeTpError('TOOL_FAILED', t`Looking at the cluster failed.`, { detail: stderr.trim() })
}
