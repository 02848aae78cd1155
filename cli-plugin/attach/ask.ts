import { type AttachedPort, refuseLocalPort } from '../../session/attachment.ts'
import { KdeTpError, usage } from '../../session/errors.ts'
import { remotePorts, type Workload } from '../../session/facts.ts'
import type { Edges } from '../command.ts'
import { refuseCidr, splitCidrs } from './check-options.ts'

export interface Asking {
  readonly edges: Edges
  readonly assumeYes: boolean
}

/** One question for each thing that may be missing. Without a terminal each throws USAGE that names what answers it. */
export const askMissing = {
  async namespace({ edges }: Asking, names: readonly string[] | undefined): Promise<string> {
    assertTerminal(edges, 'The namespace is missing: name it after "intercept".')
    if (names === undefined) return edges.prompts.ask('Namespace:')
    return edges.prompts.choose(
      'Namespace:',
      names.map(value => ({ value })),
    )
  },

  async alsoProxy({ edges }: Asking): Promise<readonly string[]> {
    const refuse = (answer: string): string | undefined =>
      splitCidrs(answer)
        .map(refuseCidr)
        .find(problem => problem !== undefined)
    return splitCidrs(
      await edges.prompts.ask('Internal network to proxy (CIDR), or Enter for none:', { refuse }),
    )
  },

  async workload({ edges }: Asking, workloads: readonly Workload[]): Promise<string> {
    assertTerminal(edges, 'The workload is missing: name it after the namespace.')
    if (workloads.length === 0)
      throw new KdeTpError('WORKLOAD_UNKNOWN', 'The namespace has no Deployment, StatefulSet or ReplicaSet.')
    const choices = workloads.map(({ name, kind, ready, desired }) => ({
      value: name,
      hint: `${kind}, ${ready} of ${desired} ready`,
      disabled: ready === 0,
    }))
    return edges.prompts.choose('Workload:', choices)
  },

  async ports({ edges }: Asking, workload: Workload): Promise<readonly AttachedPort[]> {
    assertTerminal(edges, 'A port is missing: give --port LOCAL:REMOTE.')
    const remotes = remotePorts(workload)
    const asked: AttachedPort[] = []
    do {
      asked.push(await askPort(edges, remotes))
    } while (asked.length < remotes.length && (await edges.prompts.confirm('Another port?')))
    return asked
  },

  async project({ edges }: Asking, names: readonly string[]): Promise<string> {
    assertTerminal(edges, 'The project is missing: give --project.')
    if (names.length === 0)
      throw new KdeTpError('PROJECT_UNKNOWN', 'The environment has no project.', {
        hint: 'Make one with KDE-cli.',
      })
    return edges.prompts.choose(
      'Project:',
      names.map(value => ({ value })),
    )
  },
}

async function askPort({ prompts }: Edges, remotes: ReturnType<typeof remotePorts>): Promise<AttachedPort> {
  const remote =
    remotes.length === 0
      ? await prompts.ask('Port of the workload:')
      : await prompts.choose(
          'Port of the service:',
          remotes.map(({ identifiers, shown }) => ({ value: identifiers.at(-1) ?? '', hint: shown })),
        )
  const target = remotes.find(({ identifiers }) => identifiers.includes(remote))?.target ?? remote
  const local = await prompts.ask('Local port that your program listens on:', {
    suggestion: target,
    refuse: refuseLocalPort,
  })
  return { local: Number(local), remote }
}

function assertTerminal({ prompts }: Edges, message: string): void {
  if (!prompts.available) throw usage(message)
}
