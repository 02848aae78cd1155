import type { Role } from '../compose/labels.ts'
import { containersOf, isRunning, type Observed, type ObservedContainer } from './observed.ts'
import type { AttachWish } from './wish.ts'

/** What carries a namespace's connection, of the containers of that namespace. */
export function connectionOf(here: readonly ObservedContainer[]) {
  const running = (role: Role) => here.find(container => container.role === role && isRunning(container))
  return { holder: running('holder'), session: running('session') }
}

/** Whether a session reaches just the networks that are wished for. */
export const reachesSame = (
  session: ObservedContainer,
  { alsoProxy }: Pick<AttachWish, 'alsoProxy'>,
): boolean => session.alsoProxy.join() === alsoProxy.join()

/** The namespace's session, where it would have to be replaced to reach the networks that are wished for. */
export function sessionOfOtherNetworks(
  wish: Pick<AttachWish, 'workspacePath' | 'environment' | 'namespace' | 'alsoProxy'>,
  observed: Observed,
): ObservedContainer | undefined {
  const { holder, session } = connectionOf(
    containersOf(observed, wish).filter(({ namespace }) => namespace === wish.namespace),
  )
  return holder === undefined || session === undefined || reachesSame(session, wish) ? undefined : session
}
