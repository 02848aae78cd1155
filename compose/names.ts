/** A namespace of an environment, as one workspace means it. */
export interface Place {
  readonly workspacePath: string
  readonly environment: string
  readonly namespace: string
}

/** What a name or a Compose project belongs to; undefined where nobody has it. */
export type OwnerOf = (name: string) => string | undefined

const LONGEST_ENVIRONMENT = 40
/** As KDE-cli's environments are named. A context of a kubeconfig may have any name. */
const DOCKER_NAME = /^[a-zA-Z0-9_.-]{1,40}$/

/** The Compose project of an environment: `kde-tp-<env>`, or with 4 hex of the workspace's path where another has it. */
export function projectName(workspacePath: string, environment: string, ownerOfProject: OwnerOf): string {
  const name = `kde-tp-${environmentPart(environment)}`
  const owner = ownerOfProject(name)
  return owner === undefined || owner === workspacePath ? name : `${name}-${hex(workspacePath, 4)}`
}

/**
 * KDE-cli's name of a session. KDE-cli finds sessions by a substring of it, so no other container of ours may hold it.
 * `dev` + `a-b` and `dev-a` + `b` make one name: who comes second gets 4 hex more.
 */
export function sessionContainerName(place: Place, ownerOfContainer: OwnerOf): string {
  const environment = DOCKER_NAME.test(place.environment)
    ? place.environment
    : environmentPart(place.environment)
  const name = `kde-telepresence-session-${environment}-${place.namespace}`
  const owner = ownerOfContainer(name)
  return owner === undefined || owner === placeKey(place) ? name : `${name}-${hex(placeKey(place), 4)}`
}

/** Tells places apart, also those that give one KDE-cli name. */
export function placeKey({ workspacePath, environment, namespace }: Place): string {
  return [workspacePath, environment, namespace].join('\n')
}

export const keeperName = (project: string): string => `${project}-keeper`
export const holderName = (project: string, namespace: string): string => `${project}-net-${namespace}`
export const relayName = (project: string, namespace: string): string => `${project}-relay-${namespace}`
export const devContainerName = (project: string, namespace: string, devProject: string): string =>
  `${project}-dev-${namespace}-${namePart(devProject)}`
/** Of the container, and of the volume that it shares with its inlet. */
export const publisherName = (project: string, namespace: string, hostPort: number): string =>
  `${project}-publish-${namespace}-${hostPort}`
export const inletName = (project: string, namespace: string, hostPort: number): string =>
  `${project}-inlet-${namespace}-${hostPort}`
export const mounterName = (project: string, namespace: string, workload: string): string =>
  `${project}-mount-${namespace}-${workload}`
export const cacheVolumeName = (project: string, namespace: string): string => `${project}-cache-${namespace}`

/** Teammates read it in Telepresence's refusals, as the holder of a workload. At most 63 characters, as DNS has it. */
export function holderHostname(user: string, host: string): string {
  const name = `${user}-${host.split('.')[0] ?? ''}`.toLowerCase().replace(/[^a-z0-9-]+/g, '-')
  return name.slice(0, 63).replace(/^-+|-+$/g, '') || 'kde-tp'
}

/**
 * An environment's name as Compose takes it in a project's name, and as a directory may be called; changed or long ones
 * carry 6 hex of the original.
 */
export function environmentPart(environment: string): string {
  const plain = environment.toLowerCase().replace(/[^a-z0-9_-]+/g, '-')
  if (plain === environment && plain.length <= LONGEST_ENVIRONMENT) return plain
  return `${plain.slice(0, LONGEST_ENVIRONMENT)}-${hex(environment, 6)}`
}

/**
 * A project is a directory, so its name may hold what no container's may; such a name carries 4 hex of the original.
 * One that is known by its path gets the last part of it.
 */
export function namePart(projectDirectory: string): string {
  const plain = projectDirectory.replace(/^.*\//s, '').replace(/[^a-zA-Z0-9_.-]+/g, '-')
  return plain === projectDirectory ? plain : `${plain}-${hex(projectDirectory, 4)}`
}

/** FNV-1a: enough to tell a handful of names apart, and there is no crypto module in this folder. */
export function hex(text: string, digits: number): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0').slice(0, digits)
}
