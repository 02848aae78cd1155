import { t } from '../../language/t.ts'
import type { Observed } from '../../session/observed.ts'
import { cidrs, sessionDiffers } from '../../session/refuse-attach.ts'
import { sessionOfOtherNetworks } from '../../session/running-session.ts'
import { type Environment, withAlsoProxy } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import { keyOf } from '../surroundings/read-workspace.ts'
import { type Asking, askMissing } from './ask.ts'
import type { CheckedOptions } from './check-options.ts'
import type { AttachTyped } from './options.ts'

/** The networks that a session is to reach beside the cluster's own. */
export interface Networks {
  /** CIDRs, sorted. */
  readonly alsoProxy: readonly string[]
  /** A person has just named them, and is not to be asked again. */
  readonly isAnswer: boolean
  /** A running session that reaches others may be replaced. */
  readonly replaceSession: boolean
}

interface Input {
  readonly typed: AttachTyped
  readonly options: CheckedOptions
  readonly environment: Environment
  readonly observed: Observed
  readonly asking: Asking
}

/** Throws SESSION_DIFFERS where a person does not want the running session replaced. */
export async function chooseNetworks(input: Input, namespace: string): Promise<Networks> {
  const known = knownNetworks(input)
  const asked = known === undefined && mayAsk(input) ? await askMissing.alsoProxy(input.asking) : undefined
  const alsoProxy = (known ?? asked ?? []).toSorted()
  const replaceSession = await mayReplace(input, namespace, alsoProxy)
  return { alsoProxy, isAnswer: asked !== undefined, replaceSession }
}

/** Flag, then the environment's variables. */
function knownNetworks({ options, environment }: Input): readonly string[] | undefined {
  if (options.alsoProxy !== undefined) return options.alsoProxy
  const isSet = environment.variables['TELEPRESENCE_ALSO_PROXY_CIDR'] !== undefined
  return isSet ? environment.alsoProxy : undefined
}

const mayAsk = ({ typed, asking }: Input): boolean =>
  asking.edges.prompts.available && !asking.assumeYes && typed.values['dry-run'] !== true

/** Without a terminal, `--yes` says it, and the plan refuses where nothing does. */
async function mayReplace(input: Input, namespace: string, alsoProxy: readonly string[]): Promise<boolean> {
  const { environment, observed, asking } = input
  const place = { ...keyOf(environment), namespace, alsoProxy }
  const session = sessionOfOtherNetworks(place, observed)
  if (session === undefined || !mayAsk(input)) return asking.assumeYes
  const question = t`The running session proxies ${cidrs(session.alsoProxy)}, and not ${cidrs(alsoProxy)}. Connect it anew? Its attachments fail for a moment and come back by themselves.`
  if (await asking.edges.prompts.confirm(question)) return true
  throw sessionDiffers({ alsoProxy }, session)
}

/** Keeps an answer for the next time, without blanks, after which a shell that reads the file would take the rest for a command. */
export function keepNetworks(
  { alsoProxy, isAnswer }: Networks,
  { path }: Environment,
  { files }: Edges,
): void {
  if (!isAnswer) return
  const file = `${path}/.env`
  files.makeDirectory(path, 0o700)
  files.writeText(file, withAlsoProxy(files.readText(file) ?? '', alsoProxy.join()), 0o600)
}
