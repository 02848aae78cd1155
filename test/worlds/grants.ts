import type { ComposeService } from '../../compose/project.ts'

/** Something that a container may do or have only because its service says so, and that service without it. */
export interface Grant {
  readonly service: string
  readonly name: string
  /** Those keys of the service that differ without it. */
  readonly without: Partial<ComposeService>
}

export interface Hardening {
  /** What the engine would enforce. Where it does not, it grants nothing to be without it. */
  readonly apparmor: boolean
  readonly selinux: boolean
}

/** Each capability, device, mount, group, writable path and loosened rule of a service. */
export const grantsOf = (service: string, spec: ComposeService, hardening: Hardening): readonly Grant[] =>
  [
    ...each('cap_add', spec, capability => `the capability ${capability}`),
    ...each('devices', spec, device => `the device ${device}`),
    ...each('volumes', spec, ({ target }) => `what is mounted at ${target}`),
    ...each('tmpfs', spec, path => `the writable ${path}`),
    ...each('group_add', spec, group => `the group ${group}`),
    ...each('security_opt', spec, rule => rule).filter(({ name }) => isLoosened(name, hardening)),
    // What runs in a dev container is the person's, and so are its files.
    ...(spec.read_only === true || spec.user !== undefined ? [] : [readOnly]),
  ].map(grant => ({ ...grant, service }))

const readOnly = { name: 'the writable /', without: { read_only: true } }

const isLoosened = (rule: string, { apparmor, selinux }: Hardening): boolean =>
  (apparmor && rule === 'apparmor=unconfined') || (selinux && rule === 'label=disable')

type Lists = Required<
  Pick<ComposeService, 'cap_add' | 'devices' | 'volumes' | 'tmpfs' | 'group_add' | 'security_opt'>
>

function each<K extends keyof Lists>(key: K, spec: ComposeService, tell: (item: Lists[K][number]) => string) {
  const list: readonly Lists[K][number][] = spec[key] ?? []
  return list.map(item => ({ name: tell(item), without: { [key]: list.filter(other => other !== item) } }))
}
