import * as z from 'zod/mini'
import { ownerOf, parseLabel } from '../../compose/labels.ts'
import { t } from '../../language/t.ts'
import { isDesktop, readEndpoint, readEngine } from '../../session/commands/docker.ts'
import { type ImageFacts, pullImage, readImage } from '../../session/commands/images.ts'
import { KdeTpError } from '../../session/errors.ts'
import { assertUsable } from '../../session/judge-engine.ts'
import { isRunning, type ObservedContainer } from '../../session/observed.ts'
import type { Edges } from '../command.ts'

const OLDEST_COMPOSE = [2, 24, 4]

const CheckedEngine = z.strictObject({
  /** Containers' uid 0 is the person: rootless. */
  isRootless: z.boolean(),
  isDesktop: z.boolean(),
  /**
   * The engine's socket, as the engine's own machine names it. Docker Desktop's socket on the host is not the one in its
   * machine; nor is one that is reached over a network.
   */
  socket: z.string(),
  /** False for one that is reached over a network: its machine has nobody's home of this one. */
  isHere: z.boolean(),
})
export type CheckedEngine = Readonly<z.infer<typeof CheckedEngine>>

export const toEngineLabel = (engine: CheckedEngine): string => JSON.stringify(engine)

/**
 * What the command has found that started this environment's keeper, where the same person did so on this computer. Else
 * the engine is asked: `docker info` starts each of docker's plugins. Throws as checkEngine does.
 */
export async function knownEngine(
  containers: readonly ObservedContainer[],
  edges: Edges,
): Promise<CheckedEngine> {
  const me = ownerOf(edges.person)
  const keeper = containers.find(
    container => container.role === 'keeper' && container.owner === me && isRunning(container),
  )
  return parseLabel(CheckedEngine, keeper?.engine) ?? checkEngine(edges)
}

/** Throws ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, TOOL_MISSING or TOOL_TOO_OLD. */
export async function checkEngine({ docker }: Edges): Promise<CheckedEngine> {
  const [facts, endpoint] = await Promise.all([docker(readEngine), docker(readEndpoint)])
  assertUsable(facts)
  assertCompose(facts.composeVersion)
  const isOfDesktop = isDesktop(facts.operatingSystem)
  const path = /^unix:\/\/(.+)$/.exec(endpoint)?.[1]
  return {
    isRootless: facts.securityOptions.some(option => option.includes('rootless')),
    isDesktop: isOfDesktop,
    socket: path === undefined || isOfDesktop ? '/var/run/docker.sock' : path,
    isHere: /^(unix|npipe):/.test(endpoint),
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
  emit({ type: 'step', name: t`Pull ${image}`, state: 'started', because: t`the engine does not have it` })
  const refusal = await docker(pullImage(image))
  const pulled = await docker(readImage(image))
  emit({ type: 'step', name: t`Pull ${image}`, state: pulled === undefined ? 'failed' : 'done' })
  if (pulled !== undefined) return pulled
  throw new KdeTpError('IMAGE_MISSING', t`${what} ${image} is not here and can't be pulled.`, {
    detail: refusal ?? '',
    hint: t`Load it with "docker load", or look whether its name is right.`,
  })
}

/** Throws TOOL_MISSING or TOOL_TOO_OLD. */
export function assertCompose(version: string): void {
  if (version === '')
    throw new KdeTpError('TOOL_MISSING', t`Docker has no Compose here.`, {
      hint: t`Install the Docker Compose plugin, 2.24.4 or newer.`,
    })
  const numbers = version.replace(/^v/, '').split(/[.+-]/).map(Number)
  const index = OLDEST_COMPOSE.findIndex((part, position) => part !== numbers[position])
  if (index === -1 || (numbers[index] ?? 0) > (OLDEST_COMPOSE[index] ?? 0)) return
  throw new KdeTpError(
    'TOOL_TOO_OLD',
    t`Docker Compose is ${version}; ${OLDEST_COMPOSE.join('.')} is the oldest that works.`,
    { hint: t`Upgrade the Docker Compose plugin.` },
  )
}
