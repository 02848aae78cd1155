import { t } from '../language/t.ts'
import { type Finding, ok, warning } from './finding.ts'
import { isRunning, type Observed, type ObservedContainer } from './observed.ts'

/** Things of ours that nobody uses, or that lack what they need. */
export function judgeLeftovers({ containers }: Observed): readonly Finding[] {
  const ours = containers.filter(({ role }) => role !== undefined)
  const findings = [...ours.filter(hasEnded).map(ended), ...withoutKeeper(ours)]
  return findings.length === 0 ? [ok(t`Leftovers`, t`Nothing of ours lies about on this engine.`)] : findings
}

const hasEnded = ({ state }: ObservedContainer): boolean => state === 'exited' || state === 'dead'

const ended = ({ name, state }: ObservedContainer): Finding =>
  warning(
    t`Leftovers`,
    t`The container ${name} is there, and does not run: Docker calls it "${state}".`,
    t`Remove it: docker rm -f ${name}`,
  )

/** Without its keeper nobody cleans up in an environment. */
function withoutKeeper(ours: readonly ObservedContainer[]): readonly Finding[] {
  const kept = new Set(ours.filter(each => each.role === 'keeper' && isRunning(each)).map(placeOf))
  const lost = new Set(
    ours
      .filter(isRunning)
      .map(placeOf)
      .filter(place => !kept.has(place)),
  )
  return [...lost].map(place =>
    warning(
      t`Leftovers`,
      t`Containers run in ${place}, and no keeper that would clean up.`,
      t`Run any mode there: it brings the keeper back.`,
    ),
  )
}

const placeOf = ({ environment, workspacePath }: ObservedContainer): string =>
  t`environment "${environment}" of ${workspacePath}`
