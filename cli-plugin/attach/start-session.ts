import { cacheVolumeName } from '../../compose/names.ts'
import { sessionProject } from '../../compose/session.ts'
import type { SessionInput } from '../../compose/session-input.ts'
import { containerExists, removeContainer, removeNamed, startProject } from '../../session/commands/docker.ts'
import type { Call } from './call.ts'
import { sessionInput } from './compose-input.ts'
import { makeDirectories } from './make-directories.ts'
import { chooseNetwork } from './network.ts'
import { leaseOf } from './start-keeper.ts'

/** Holder and session, whichever is missing. */
export async function startSession(call: Call): Promise<void> {
  const [session] = await Promise.all([sessionOf(call), removeLeftCache(call)])
  await start(session, call)
}

/** What a session had that was removed with all around it, as by `docker compose down`, is not to be attached again. */
async function removeLeftCache({ order: { wish }, names, edges: { docker } }: Call): Promise<void> {
  if (await docker(containerExists(names.holder))) return
  await docker(removeNamed('volume', cacheVolumeName(names.project, wish.namespace)))
}

async function start(session: SessionInput, call: Call): Promise<void> {
  makeDirectories(call, session)
  await call.edges.docker(startProject(sessionProject(session)))
}

/**
 * The session alone: the holder stays, and the dev containers with it. Removed without a farewell to the cluster, which
 * would end the attachments: the new session takes them up by the identity in the cache. The keeper, which would make the
 * old one again for those dev containers, is told.
 */
export async function replaceSession(call: Call): Promise<void> {
  const lease = await leaseOf(call, { type: 'replaces-session' })
  try {
    await call.edges.docker(removeContainer(call.names.session))
    await start(await sessionOf(call), call)
  } finally {
    await lease.farewell()
  }
}

export async function sessionOf(call: Call): Promise<SessionInput> {
  const { progress } = call
  progress.session ??= sessionInput(call, await chooseNetwork(call))
  return progress.session
}
