import { SCHEMA_VERSION } from '../compose/labels.ts'
import { t } from '../language/t.ts'
import { KdeTpError } from './errors.ts'
import type { ObservedContainer } from './observed.ts'

type Versioned = Pick<ObservedContainer, 'schema'>

/** Made by a version of ours that gives labels another meaning. One whose schema cannot be read is taken for ours. */
export const isNewer = ({ schema = SCHEMA_VERSION }: Versioned): boolean => schema > SCHEMA_VERSION
export const isOlder = ({ schema = SCHEMA_VERSION }: Versioned): boolean => schema < SCHEMA_VERSION

/** Of containers that a command is about to change. Throws TOOL_TOO_OLD where a newer version has made one. */
export function assertUnderstood(containers: readonly ObservedContainer[]): void {
  const newer = containers.find(isNewer)
  if (newer === undefined) return
  throw new KdeTpError(
    'TOOL_TOO_OLD',
    t`A newer version of kde-tp has made ${newer.name}, and this one does not understand it.`,
    { hint: t`Update kde-tp to the version that made it.` },
  )
}
