import { t } from '../language/t.ts'
import type { Step } from './attach-step.ts'
import { isRunning, type ObservedContainer } from './observed.ts'
import { cidrs, sessionDiffers } from './refuse-attach.ts'
import { connectionOf, reachesSame } from './running-session.ts'
import { isOlder } from './schema.ts'
import type { AttachWish } from './wish.ts'

/** Throws SESSION_DIFFERS. */
export function sessionSteps(
  wish: AttachWish,
  here: readonly ObservedContainer[],
  name: string,
): readonly Step[] {
  const { holder, session } = connectionOf(here)
  const wait: Step = {
    kind: 'wait-for-session',
    name: t`Wait until ${name} is connected`,
    because: t`nothing can be taken before`,
  }
  const start: Step = {
    kind: 'start-session',
    name: t`Start ${name}`,
    because: t`namespace ${wish.namespace} has no session`,
  }
  const removals = removeDead(here, holder !== undefined)
  if (holder === undefined || session === undefined) return [...removals, start, wait]
  // One that runs is waited for by the attach itself.
  if (reachesSame(session, wish)) return removals
  if (!wish.replaceSession) throw sessionDiffers(wish, session)
  const replace: Step = {
    kind: 'replace-session',
    name: t`Replace ${name}`,
    because: t`it is to proxy ${cidrs(wish.alsoProxy)} instead of ${cidrs(session.alsoProxy)}`,
  }
  return [...removals, replace, wait]
}

/** A container that has ended, or that joined the network namespace of a holder that is gone, can't be started again. */
function removeDead(here: readonly ObservedContainer[], holderRuns: boolean): readonly Step[] {
  return here
    .filter(container => !(isRunning(container) && holderRuns) && container.state !== 'created')
    .map(({ id, name, state }) => ({
      kind: 'remove-container',
      name: t`Remove ${name}`,
      because:
        state === 'running'
          ? t`the holder of its network is gone`
          : t`it does not run: Docker calls it "${state}"`,
      container: id,
    }))
}

/** What an older version has made in a namespace in which nobody works. In one in which somebody does it is understood. */
export function replaceable(
  ours: readonly ObservedContainer[],
  { namespace }: AttachWish,
): readonly ObservedContainer[] {
  const here = ours.filter(container => container.namespace === namespace)
  return here.some(container => container.role === 'dev' && isRunning(container)) ? [] : here.filter(isOlder)
}

export const removeOutdated = ({ id, name }: ObservedContainer): Step => ({
  kind: 'remove-container',
  name: t`Remove ${name}`,
  because: t`an older version of kde-tp has made it`,
  container: id,
})
