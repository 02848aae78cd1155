import type { ComposeProject } from '../../compose/project.ts'
import { toComposeYaml } from '../../compose/yaml.ts'
import { nothing, succeeded, type ToolCommand, text } from '../tool-command.ts'

// Each call renders only the services that it is about, so all others are "orphans" to it.
const COMPOSE_ENVIRONMENT = { COMPOSE_IGNORE_ORPHANS: 'true', COMPOSE_PROGRESS: 'plain' }

/** Creates and starts what is missing of the services; what is there stays as it is. */
export const startServices = (project: ComposeProject, services: readonly string[]): ToolCommand<void> =>
  startServicesOf(project.name, toComposeYaml(project), services)

/** The same for all of them. */
export const startProject = (project: ComposeProject): ToolCommand<void> =>
  startServices(project, Object.keys(project.services))

/**
 * The same for a project that is not known whole yet: Compose comes up meanwhile. Without one it fails, and starts
 * nothing.
 */
export const startServicesLater = (
  name: string,
  project: Promise<ComposeProject | undefined>,
  services: readonly string[],
): ToolCommand<void> =>
  startServicesOf(
    name,
    project.then(known => (known === undefined ? '' : toComposeYaml(known))),
    services,
  )

const startServicesOf = (
  name: string,
  yaml: string | Promise<string>,
  services: readonly string[],
): ToolCommand<void> => ({
  args: [
    ...composeArgs(name),
    'up',
    '--detach',
    '--no-recreate',
    '--no-build',
    '--pull',
    'never',
    ...services,
  ],
  stdin: yaml,
  environment: COMPOSE_ENVIRONMENT,
  parse: nothing,
})

const composeArgs = (name: string): readonly string[] => [
  'compose',
  '--project-name',
  name,
  '--project-directory',
  '/',
  '--file',
  '-',
]

export interface EngineFacts {
  readonly version: string
  readonly operatingSystem: string
  /** What its containers are made for: `linux` or `windows`. */
  readonly osType: string
  readonly securityOptions: readonly string[]
  /** Empty where docker has none. */
  readonly composeVersion: string
}

const ENGINE_TEMPLATE = [
  '"version":{{json .ServerVersion}}',
  '"operatingSystem":{{json .OperatingSystem}}',
  '"osType":{{json .OSType}}',
  '"securityOptions":{{json .SecurityOptions}}',
  // It asks every plugin for its version in any case.
  '"composeVersion":"{{range .ClientInfo.Plugins}}{{if eq .Name "compose"}}{{.Version}}{{end}}{{end}}"',
]

export const readEngine: ToolCommand<EngineFacts> = {
  args: ['info', '--format', `{${ENGINE_TEMPLATE.join()}}`],
  parse: ({ stdout }) => JSON.parse(stdout) as EngineFacts,
}

/** Whether the engine is Docker Desktop's: a fraction of what `docker info` takes, which asks each plugin. */
export const readIsDesktop: ToolCommand<boolean> = {
  args: ['version', '--format', '{{.Server.Platform.Name}}'],
  parse: output => isDesktop(text(output)),
}

/** By what the engine calls its platform or operating system. */
export const isDesktop = (name: string): boolean => name.includes('Docker Desktop')

export const removeContainer = (container: string): ToolCommand<void> => ({
  args: ['container', 'rm', '--force', '--volumes', container],
  anyExitCode: true,
  parse: nothing,
})

/** Fails, and does nothing, where it runs. */
export const removeStopped = (container: string): ToolCommand<void> => ({
  args: ['container', 'rm', '--volumes', container],
  anyExitCode: true,
  parse: nothing,
})

export const containerExists = (container: string): ToolCommand<boolean> => ({
  args: ['container', 'inspect', '--format', '{{.Id}}', container],
  anyExitCode: true,
  parse: succeeded,
})

/** What a further process in a running container starts from. */
export interface Inside {
  readonly image: string
  readonly workingDirectory: string
}

/** Undefined where the container does not run. */
export const readInside = (container: string): ToolCommand<Inside | undefined> => ({
  args: [
    ...['container', 'inspect', '--format'],
    ...['[{{.State.Running}},{{json .Image}},{{json .Config.WorkingDir}}]', container],
  ],
  anyExitCode: true,
  parse(output) {
    if (!succeeded(output)) return undefined
    const [runs, image, workingDirectory] = JSON.parse(output.stdout) as [boolean, string, string]
    return runs ? { image, workingDirectory } : undefined
  },
})

/** The environment that a container's processes get. Holds secrets. */
export const readVariables = (container: string): ToolCommand<Readonly<Record<string, string>>> => ({
  args: ['container', 'inspect', '--format', '{{json .Config.Env}}', container],
  parse: output =>
    Object.fromEntries(
      ((JSON.parse(output.stdout) as string[] | null) ?? []).map(each => {
        const [name = ''] = each.split('=', 1)
        return [name, each.slice(name.length + 1)]
      }),
    ),
})

export const containerRuns = (container: string): ToolCommand<boolean> => ({
  args: ['container', 'inspect', '--format', '{{.State.Running}}', container],
  anyExitCode: true,
  parse: output => text(output) === 'true',
})

/** Asks first: a session quits Telepresence, which gives the cluster its traffic back. */
export const stopContainer = (container: string, seconds: number): ToolCommand<void> => ({
  args: ['container', 'stop', '--time', String(seconds), container],
  anyExitCode: true,
  parse: nothing,
})

export const listByLabel = (
  kind: 'network' | 'volume',
  filters: readonly string[],
): ToolCommand<readonly string[]> => ({
  args: [kind, 'ls', '--quiet', ...filters.flatMap(filter => ['--filter', filter])],
  parse: output =>
    text(output)
      .split('\n')
      .filter(name => name !== ''),
})

export const removeNamed = (kind: 'network' | 'volume', name: string): ToolCommand<boolean> => ({
  args: [kind, 'rm', name],
  anyExitCode: true,
  parse: succeeded,
})

export const readLogs = (container: string, lines: number): ToolCommand<string> => ({
  args: ['container', 'logs', '--tail', String(lines), container],
  anyExitCode: true,
  parse: ({ stdout, stderr }) => `${stdout}${stderr}`.trim(),
})

/** All of them, each line with its time. */
export const readTimedLogs = (container: string): ToolCommand<string> => ({
  args: ['container', 'logs', '--timestamps', container],
  anyExitCode: true,
  parse: ({ stdout, stderr }) => `${stdout}\n${stderr}`,
})

/** The IPv4 subnets of all networks of the engine. */
export const listNetworkIds: ToolCommand<readonly string[]> = listByLabel('network', [])

export const readSubnets = (networks: readonly string[]): ToolCommand<readonly string[]> => ({
  args: ['network', 'inspect', '--format', '{{range .IPAM.Config}}{{println .Subnet}}{{end}}', ...networks],
  anyExitCode: true,
  parse: output =>
    text(output)
      .split('\n')
      .filter(subnet => subnet !== ''),
})

/** The IPv4 subnets of all networks, with the networks' names. */
export const readNamedSubnets = (
  networks: readonly string[],
): ToolCommand<readonly { readonly name: string; readonly subnet: string }[]> => ({
  args: [
    ...['network', 'inspect', '--format'],
    '{{$name := .Name}}{{range .IPAM.Config}}{{println $name .Subnet}}{{end}}',
    ...networks,
  ],
  anyExitCode: true,
  parse: output =>
    text(output)
      .split('\n')
      .map(line => line.split(' '))
      .flatMap(([name, subnet]) => (name === undefined || subnet === undefined ? [] : [{ name, subnet }])),
})

export const networkExists = (name: string): ToolCommand<boolean> => ({
  args: ['network', 'inspect', '--format', '{{.Id}}', name],
  anyExitCode: true,
  parse: succeeded,
})

/** The engine's address as the present context has it, as unix:///var/run/docker.sock. */
export const readEndpoint: ToolCommand<string> = {
  args: ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'],
  anyExitCode: true,
  parse: text,
}
