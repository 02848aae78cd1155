import type { Labels } from './labels.ts'

/** The part of the Compose format that we write, for Compose 2.24.4 and newer. */
export interface ComposeProject {
  readonly name: string
  readonly services: Readonly<Record<string, ComposeService>>
  readonly networks?: Readonly<Record<string, ComposeNetwork>>
  readonly volumes?: Readonly<Record<string, ComposeVolume>>
}

export interface ComposeService {
  readonly image: string
  readonly container_name: string
  readonly labels: Labels
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
  readonly init?: boolean
  readonly hostname?: string
  readonly user?: string
  readonly working_dir?: string
  readonly group_add?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly networks?: Readonly<Record<string, null>>
  readonly network_mode?: string
  readonly ports?: readonly string[]
  readonly volumes?: readonly ComposeMount[]
  readonly tmpfs?: readonly string[]
  readonly devices?: readonly string[]
  readonly cap_drop?: readonly string[]
  readonly cap_add?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly read_only?: boolean
  readonly restart?: 'no' | 'unless-stopped'
  readonly healthcheck?: {
    readonly test: readonly string[]
    readonly interval: string
    readonly timeout: string
    readonly retries: number
    readonly start_period: string
  }
  readonly stop_grace_period?: string
}

/** Whether what is mounted below it comes out of the container (`rshared`), or into it (`rslave`), later on too. */
export type Propagation = 'rshared' | 'rslave'

export type ComposeMount =
  | {
      readonly type: 'volume'
      readonly source: string
      readonly target: string
      readonly read_only?: boolean
    }
  | {
      readonly type: 'bind'
      readonly source: string
      readonly target: string
      readonly read_only: boolean
      readonly bind: { readonly create_host_path: false; readonly propagation?: Propagation }
    }

export type ComposeNetwork =
  | { readonly name: string; readonly external: true }
  | {
      readonly name: string
      readonly labels: Labels
      readonly ipam: { readonly config: readonly { readonly subnet: string }[] }
    }

export interface ComposeVolume {
  readonly name: string
  /** None on a person's own volume, which is not ours to remove. */
  readonly labels?: Labels
}

/** A directory or file of the host. A missing one is an error, not a new directory of root's. */
export function bindMount(source: string, target: string, readOnly = false): ComposeMount {
  return { type: 'bind', source, target, read_only: readOnly, bind: { create_host_path: false } }
}

/** The same, where one container sees what another one mounts. */
export const sharedMount = (
  source: string,
  target: string,
  propagation: Propagation,
  readOnly = false,
): ComposeMount => ({
  type: 'bind',
  source,
  target,
  read_only: readOnly,
  bind: { create_host_path: false, propagation },
})
