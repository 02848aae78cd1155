import { parseCidr } from '../../compose/subnet.ts'
import { t } from '../../language/t.ts'
import { type AttachedPort, parsePort, refuseLocalPort } from '../../session/attachment.ts'
import { KdeTpError, usage } from '../../session/errors.ts'
import { AGENTS, type Agent, MOUNTS, type MountKind } from '../../session/mode.ts'
import type { Publication } from '../../session/publication.ts'
import type { Header } from '../../session/wish.ts'
import { checkCommand, checkNames, isJson, oneOf, toPublication } from '../surroundings/check-typed.ts'
import type { AttachTyped } from './options.ts'

/** Which requests are to come here: those that have all of it. */
export interface RequestFilter {
  readonly headers: readonly Header[]
  readonly pathPrefix: string | undefined
  readonly pathRegex: string | undefined
}

/** Everything that is right or wrong by itself, before anything is read. */
export interface CheckedOptions {
  /** Undefined where the cluster decides. */
  readonly agent: Agent | undefined
  readonly ports: readonly AttachedPort[]
  readonly toPod: readonly string[]
  readonly publications: readonly Publication[]
  readonly filter: RequestFilter
  readonly variables: Readonly<Record<string, string>>
  readonly alsoProxy: readonly string[] | undefined
  readonly mount: MountKind | undefined
  /** What somebody else holds may be taken from them. */
  readonly takesOver: boolean
  readonly assumeYes: boolean
  readonly asJson: boolean
  readonly shared: Shared
}

/** What of the person's own the dev container gets. */
export interface Shared {
  readonly kubeconfig: boolean
  readonly dockerConfig: boolean
  readonly netrc: boolean
  readonly dockerSocket: boolean
}

/** Throws USAGE, NAME_UNUSABLE, CIDR_UNUSABLE, PORT_UNUSABLE or PORT_TWICE. */
export function checkOptions(
  { values, positionals, command }: AttachTyped,
  environment: Readonly<Record<string, string | undefined>>,
): CheckedOptions {
  checkNames(positionals)
  const asJson = isJson(values.format)
  const needsTerminal = values.detach !== true && values['dry-run'] !== true && command === undefined
  if (asJson && needsTerminal)
    throw usage(t`--format json has no terminal to give: it needs --detach, --dry-run or -- COMMAND.`)
  checkCommand(command)
  return {
    agent: values.agent === undefined ? undefined : oneOf(values.agent, AGENTS, 'agent'),
    ports: checkPorts(values.port ?? []),
    toPod: (values['to-pod'] ?? []).map(toPodPort),
    publications: (values.publish ?? []).map(toPublication),
    filter: checkFilter(values),
    variables: Object.fromEntries((values.env ?? []).map(typed => toVariable(typed, environment))),
    alsoProxy: values['also-proxy']?.flatMap(toCidrs),
    mount: checkMount(values),
    takesOver: values['take-over'] === true,
    assumeYes: values.yes === true,
    asJson,
    shared: {
      kubeconfig: values['no-kubeconfig'] !== true,
      dockerConfig: values['no-docker-config'] !== true,
      netrc: values['no-netrc'] !== true,
      dockerSocket: values['docker-socket'] === true,
    },
  }
}

function checkMount({ mount, agent }: AttachTyped['values']): MountKind | undefined {
  if (mount === undefined) return undefined
  if (agent === 'node') throw usage(t`A node agent serves no volumes: --mount needs --agent sidecar.`)
  return oneOf(mount, MOUNTS, 'mount')
}

function checkPorts(typed: readonly string[]): readonly AttachedPort[] {
  const ports = typed.map(text => {
    const port = parsePort(text)
    if (typeof port === 'string') throw new KdeTpError('PORT_UNUSABLE', `--port ${port}`)
    return port
  })
  const local = firstTwice(ports.map(port => port.local))
  if (local !== undefined) throw new KdeTpError('PORT_TWICE', t`--port names the local port ${local} twice.`)
  const remote = firstTwice(ports.map(port => port.remote))
  if (remote !== undefined)
    throw new KdeTpError('PORT_TWICE', t`--port names the remote port ${remote} twice.`)
  return ports
}

const firstTwice = <T>(values: readonly T[]): T | undefined =>
  values.find((value, index) => values.indexOf(value) !== index)

function toPodPort(typed: string): string {
  const [, port = '', protocol = ''] = /^(\d+)(\/(?:tcp|udp))?$/i.exec(typed) ?? []
  const problem = refuseLocalPort(port)
  if (problem !== undefined)
    throw new KdeTpError('PORT_UNUSABLE', t`--to-pod "${typed}" is not a port, as 9090 or 5353/udp.`)
  return `${port}${protocol.toUpperCase().replace('/TCP', '')}`
}

function checkFilter(values: AttachTyped['values']): RequestFilter {
  const filter = {
    headers: (values.header ?? []).map(toHeader),
    pathPrefix: values['path-prefix'],
    pathRegex: values['path-regex'],
  }
  if (filter.pathPrefix?.startsWith('/') === false)
    throw usage(t`--path-prefix "${filter.pathPrefix}" does not start with "/", as every path does.`)
  return filter
}

/** As HTTP has names (RFC 9110, 5.1). The value is not told: it may be a secret. */
export function toHeader(typed: string): Header {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+)=(.+)$/.exec(typed) ?? []
  if (name === undefined || value === undefined)
    throw usage(t`--header "${typed.split('=')[0]}" is not NAME=VALUE.`)
  return { name, value }
}

/** NAME=VALUE, or NAME alone for its value here, as docker run has it. */
function toVariable(
  typed: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly [string, string] {
  const [, name, , value] = /^([A-Za-z_][A-Za-z0-9_.-]*)(=([\s\S]*))?$/.exec(typed) ?? []
  if (name === undefined) throw usage(t`--env "${typed.split('=')[0]}" is not NAME=VALUE.`)
  return [name, value ?? environment[name] ?? '']
}

/** Throws CIDR_UNUSABLE. */
function toCidrs(typed: string): readonly string[] {
  return splitCidrs(typed).map(cidr => {
    const problem = refuseCidr(cidr)
    if (problem !== undefined) throw new KdeTpError('CIDR_UNUSABLE', problem)
    return cidr
  })
}

/** Commas or blanks may join several, as in TELEPRESENCE_ALSO_PROXY_CIDR. */
export const splitCidrs = (typed: string): readonly string[] =>
  typed.split(/[\s,]+/).filter(cidr => cidr !== '')

export const refuseCidr = (typed: string): string | undefined =>
  parseCidr(typed) === undefined && !/^[0-9a-fA-F:]+\/\d{1,3}$/.test(typed)
    ? t`"${typed}" is not a CIDR, as 10.0.0.0/8.`
    : undefined
