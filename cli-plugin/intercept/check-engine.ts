import {
  type ImageFacts,
  pullImage,
  readEndpoint,
  readEngine,
  readImage,
} from '../../session/commands/docker.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Edges } from '../command.ts'
import { runtimeImage } from '../version.ts'

const OLDEST_COMPOSE = [2, 24, 4]

export interface CheckedEngine {
  readonly runtimeImage: string
  /** The engine's socket, as the engine's own machine names it. */
  readonly socketPath: string
  /** Containers' uid 0 is the person: rootless. */
  readonly isRootless: boolean
  readonly isDesktop: boolean
}

/** Throws ENGINE_UNREACHABLE, TOOL_MISSING, TOOL_TOO_OLD or IMAGE_MISSING. */
export async function checkEngine(edges: Edges): Promise<CheckedEngine> {
  const image = runtimeImage(edges.environment)
  const answer = edges.docker(readEngine)
  const [engine, endpoint] = await Promise.all([
    answer,
    edges.docker(readEndpoint),
    // An engine that does not answer is not one that lacks an image.
    answer.then(() => requireImage(image, 'The runtime image', edges)),
  ])
  assertCompose(engine.composeVersion)
  return {
    runtimeImage: image,
    socketPath: socketPath(endpoint, engine.operatingSystem),
    isDesktop: isDesktop(engine.operatingSystem),
    isRootless: engine.securityOptions.some(option => option.includes('rootless')),
  }
}

/** Pulls an image that the engine lacks. Throws IMAGE_MISSING. */
export async function requireImage(
  image: string,
  what: string,
  { docker, emit }: Edges,
): Promise<ImageFacts> {
  const present = await docker(readImage(image))
  if (present !== undefined) return present
  emit({ type: 'step', name: `Pull ${image}`, state: 'started', because: 'the engine does not have it' })
  const refusal = await docker(pullImage(image))
  const pulled = await docker(readImage(image))
  emit({ type: 'step', name: `Pull ${image}`, state: pulled === undefined ? 'failed' : 'done' })
  if (pulled !== undefined) return pulled
  throw new KdeTpError('IMAGE_MISSING', `${what} ${image} is not here and can't be pulled.`, {
    detail: refusal ?? '',
    hint: `Load it with "docker load", or look whether its name is right.`,
  })
}

function assertCompose(version: string): void {
  if (version === '')
    throw new KdeTpError('TOOL_MISSING', 'Docker has no Compose here.', {
      hint: 'Install the Docker Compose plugin, 2.24.4 or newer.',
    })
  const numbers = version.replace(/^v/, '').split(/[.+-]/).map(Number)
  const index = OLDEST_COMPOSE.findIndex((part, position) => part !== numbers[position])
  if (index === -1 || (numbers[index] ?? 0) > (OLDEST_COMPOSE[index] ?? 0)) return
  throw new KdeTpError(
    'TOOL_TOO_OLD',
    `Docker Compose is ${version}; ${OLDEST_COMPOSE.join('.')} is the oldest that works.`,
    { hint: 'Upgrade the Docker Compose plugin.' },
  )
}

/** Docker Desktop's socket on the host is not the one in its machine; nor is one that is reached over a network. */
function socketPath(endpoint: string, operatingSystem: string): string {
  const path = /^unix:\/\/(.+)$/.exec(endpoint)?.[1]
  return path === undefined || isDesktop(operatingSystem) ? '/var/run/docker.sock' : path
}

const isDesktop = (operatingSystem: string): boolean => operatingSystem.includes('Docker Desktop')
