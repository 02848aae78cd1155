import { KdeTpError } from '../../session/errors.ts'
import { LookAnswer } from '../../session/facts.ts'
import type { ToolCommand, ToolOutput } from '../../session/tool-command.ts'

export interface LookQuestion {
  readonly namespace: string | undefined
  readonly workload: string | undefined
  readonly managerNamespace: string
  readonly rights?: true
}

/** Looks at the cluster from a running session. Undefined where it can't, as one of another version. */
export const lookFromSession = (
  session: string,
  question: LookQuestion,
): ToolCommand<LookAnswer | undefined> => ({
  args: ['exec', session, 'kde-tp', 'look', '--session', ...words(question)],
  anyExitCode: true,
  timeoutSeconds: 60,
  parse: output => (output.exitCode === 0 ? LookAnswer.safeParse(toJson(output)).data : undefined),
})

/** Looks at the cluster from a container of its own, which is gone with the answer. The kubeconfig goes in by stdin. */
export const lookFromContainer = (
  image: string,
  network: string,
  kubeconfig: string,
  question: LookQuestion,
): ToolCommand<LookAnswer> => ({
  args: [
    ...['run', '--rm', '--interactive', '--pull', 'never', '--network', network, '--cap-drop', 'ALL'],
    ...['--security-opt', 'no-new-privileges', '--device', '/dev/net/tun', image, 'look', ...words(question)],
  ],
  stdin: kubeconfig,
  anyExitCode: true,
  timeoutSeconds: 90,
  parse(output) {
    if (output.exitCode === 0) return LookAnswer.parse(toJson(output))
    throw lookFailed(network, output)
  },
})

const words = ({ namespace, workload, managerNamespace, rights }: LookQuestion): readonly string[] => [
  ...(namespace === undefined ? [] : ['--namespace', namespace]),
  ...(workload === undefined ? [] : ['--workload', workload]),
  ...['--manager-namespace', managerNamespace],
  ...(rights === true ? ['--rights'] : []),
]

const toJson = ({ stdout }: ToolOutput): unknown => JSON.parse(stdout)

function lookFailed(network: string, { stderr }: ToolOutput): KdeTpError {
  if (stderr.includes('/dev/net/tun')) {
    return new KdeTpError(
      'NO_TUN_DEVICE',
      "The engine's machine has no /dev/net/tun, which Telepresence's network is made of.",
      {
        hint: 'Load it there with: modprobe tun',
      },
    )
  }
  if (/network .* not found/i.test(stderr)) {
    return new KdeTpError(
      'CLUSTER_UNREACHABLE',
      `The environment's Docker network "${network}" is not there.`,
      {
        hint: 'Start the environment, which makes it.',
      },
    )
  }
  return new KdeTpError('TOOL_FAILED', 'Looking at the cluster failed.', { detail: stderr.trim() })
}
