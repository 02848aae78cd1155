import { t } from '../../language/t.ts'
import { KdeTpError, nameOneOf, usage } from '../../session/errors.ts'
import type { Workload } from '../../session/facts.ts'
import type { ListedWorkload } from '../../session/listing.ts'
import type { Header } from '../../session/wish.ts'
import { workloadText } from '../../session/workload-text.ts'
import type { Edges } from '../command.ts'
import { checkNames } from '../surroundings/check-typed.ts'
import { refuseCidr, splitCidrs, toHeader } from './check-options.ts'

export interface Asking {
  readonly edges: Edges
  readonly assumeYes: boolean
}

/** One question for each thing that may be missing. Without a terminal each throws USAGE that names what answers it. */
export const askMissing = {
  async namespace({ edges }: Pick<Asking, 'edges'>, names: readonly string[] | undefined): Promise<string> {
    assertTerminal(edges, t`The namespace is missing: name it after the command.`, names)
    if (names === undefined) return askNamespace(edges)
    return edges.prompts.choose(
      t`Namespace:`,
      names.map(value => ({ value })),
    )
  },

  async alsoProxy({ edges }: Asking): Promise<readonly string[]> {
    const refuse = (answer: string): string | undefined =>
      splitCidrs(answer)
        .map(refuseCidr)
        .find(problem => problem !== undefined)
    return splitCidrs(
      await edges.prompts.ask(t`Internal network to proxy (CIDR), or Enter for none:`, { refuse }),
    )
  },

  async workload({ edges }: Asking, workloads: readonly ListedWorkload[]): Promise<string> {
    assertTerminal(
      edges,
      t`The workload is missing: name it after the namespace.`,
      workloads.map(({ name }) => name),
    )
    if (workloads.length === 0)
      throw new KdeTpError('WORKLOAD_UNKNOWN', t`The namespace has no Deployment, StatefulSet or ReplicaSet.`)
    const choices = workloads.map(workload => ({
      value: workload.name,
      hint: `${workload.kind}, ${workloadText(workload)}`,
      disabled: workload.ready === 0,
    }))
    return edges.prompts.choose(t`Workload:`, choices)
  },

  async container({ edges }: Asking, { name, containers }: Workload): Promise<string> {
    const names = containers.map(container => container.name)
    assertTerminal(
      edges,
      t`The pods of "${name}" have several containers: give --container, as ${names.join(t` or `)}.`,
    )
    return edges.prompts.choose(
      t`Container:`,
      names.map(value => ({ value })),
    )
  },

  /** Undefined for all requests. */
  async header({ edges: { prompts, person } }: Asking): Promise<Header | undefined> {
    const answer = await prompts.choose(t`Requests:`, [
      { value: ALL_REQUESTS },
      { value: MY_REQUESTS, hint: t`all others stay with the cluster` },
    ])
    if (answer === ALL_REQUESTS) return undefined
    const header = await prompts.ask(t`Header that your requests have:`, {
      suggestion: `x-developer=${person.name}`,
      refuse: typed => problemOf(() => toHeader(typed)),
    })
    return toHeader(header)
  },

  /** Only where no project's file can name it. */
  async image({ edges }: Asking): Promise<string> {
    const missing = t`The image is missing: give --image. Outside of a KDE-cli workspace no file names one.`
    assertTerminal(edges, missing)
    const answer = await edges.prompts.ask(t`Image of the dev container:`)
    if (answer === '') throw usage(missing)
    return answer
  },

  async project({ edges }: Asking, names: readonly string[]): Promise<string> {
    assertTerminal(edges, t`The project is missing: give --project.`, names)
    if (names.length === 0)
      throw new KdeTpError('PROJECT_UNKNOWN', t`The environment has no project.`, {
        hint: t`Make one with KDE-cli.`,
      })
    return edges.prompts.choose(
      t`Project:`,
      names.map(value => ({ value })),
    )
  },
}

const ALL_REQUESTS = t`all requests`
const MY_REQUESTS = t`only requests with my header`

/** Where the cluster tells nobody which there are. Throws NAME_UNUSABLE for none. */
async function askNamespace({ prompts }: Edges): Promise<string> {
  const refuse = (typed: string) => problemOf(() => checkNames([typed]))
  const name = await prompts.ask(t`Namespace:`, { refuse })
  checkNames([name])
  return name
}

function problemOf(check: () => unknown): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Throws USAGE with the message, which names what answers the question, and the names to choose from if there are any. */
export function assertTerminal({ prompts }: Edges, message: string, names: readonly string[] = []): void {
  if (prompts.available) return
  throw usage(message, names.length === 0 ? undefined : nameOneOf(names))
}
