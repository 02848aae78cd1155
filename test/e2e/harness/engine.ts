import { execa } from 'execa'

/** Runs docker as the person who runs the tests. Throws when it fails. */
export const docker = (args: readonly string[], input = ''): Promise<string> =>
  dockerOn(undefined, args, input)

/** The same with another engine than this computer's: its `DOCKER_HOST`. */
export async function dockerOn(
  engine: string | undefined,
  args: readonly string[],
  input = '',
): Promise<string> {
  const { stdout } = await execa('docker', args, { input, env: environmentFor(engine) })
  return stdout
}

const environmentFor = (engine: string | undefined): Record<string, string> =>
  engine === undefined ? {} : { DOCKER_HOST: engine }

/** The part of `docker inspect` that tests read. */
export interface InspectedContainer {
  readonly Id: string
  readonly Name: string
  readonly State: { readonly Status: string; readonly Health?: { readonly Status: string } }
  readonly Mounts: readonly {
    readonly Type: string
    readonly Name?: string
    readonly Source: string
    readonly Destination: string
    readonly RW: boolean
  }[]
  readonly Config: {
    readonly User: string
    readonly Hostname: string
    readonly WorkingDir: string
    readonly Image: string
    readonly Env: readonly string[]
    readonly Labels: Readonly<Record<string, string>>
  }
  readonly HostConfig: {
    readonly CapAdd: readonly string[] | null
    readonly CapDrop: readonly string[] | null
    readonly SecurityOpt: readonly string[] | null
    readonly Devices: readonly { readonly PathOnHost: string }[] | null
    readonly GroupAdd: readonly string[] | null
    readonly NetworkMode: string
    readonly Privileged: boolean
    readonly ReadonlyRootfs: boolean
    readonly Init?: boolean
    readonly RestartPolicy: { readonly Name: string }
    readonly Tmpfs?: Readonly<Record<string, string>>
  }
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, unknown>> }
}

export async function inspect(container: string): Promise<InspectedContainer> {
  const [found] = JSON.parse(
    await docker(['container', 'inspect', container]),
  ) as readonly InspectedContainer[]
  if (found === undefined) throw new Error(`no container ${container}`)
  return found
}

export type Kind = 'container' | 'network' | 'volume'

/** The names of what is labelled as one workspace's, whatever its state. */
export async function namesOf(kind: Kind, workspace: string, engine?: string): Promise<readonly string[]> {
  const name = kind === 'container' ? '{{.Names}}' : '{{.Name}}'
  const all = kind === 'container' ? ['--all'] : []
  return lines(
    await dockerOn(engine, [
      ...[kind, 'ls', ...all, '--filter', `label=kde-tp.workspace=${workspace}`, '--format', name],
    ]),
  )
}

/** What the containers of a workspace have said, for a test that has failed. */
export async function logsOfAll(workspace: string, engine?: string): Promise<string> {
  const said = (await namesOf('container', workspace, engine)).map(async name => {
    const { all } = await execa('docker', ['logs', name], {
      all: true,
      reject: false,
      env: environmentFor(engine),
    })
    return `--- ${name}\n${all}`
  })
  return (await Promise.all(said)).join('\n')
}

/** Removes what is labelled as one workspace's, for a test that has failed. */
export async function removeAllOf(workspace: string, engine?: string): Promise<void> {
  const options = { reject: false, env: environmentFor(engine) }
  const containers = await namesOf('container', workspace, engine)
  // The keeper last would clean up itself meanwhile, and race with this.
  if (containers.length > 0) await execa('docker', ['rm', '--force', '--volumes', ...containers], options)
  for (const kind of ['network', 'volume'] as const) {
    const names = await namesOf(kind, workspace, engine)
    if (names.length > 0) await execa('docker', [kind, 'rm', ...names], options)
  }
}

const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .toSorted()
