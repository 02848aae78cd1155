import { Stack } from '@mui/material'
import { createContext, type ReactNode, use } from 'react'
import { t } from '../../../language/t.ts'
import type { EnvironmentStatus } from '../../../session/engine-status.ts'
import { Sparkline } from '../../parts/sparkline.tsx'
import { type History, placeKey, SHOWN_SECONDS, useConnections } from '../../run/use-connections.ts'

const HistoriesContext = createContext<ReadonlyMap<string, History>>(new Map())

interface Counted {
  readonly environments: readonly EnvironmentStatus[]
  readonly children: ReactNode
}

/** Counts for what is inside: each second only the figures are drawn anew. */
export const Connections = ({ environments, children }: Counted) => (
  <HistoriesContext value={useConnections(environments)}>{children}</HistoriesContext>
)

interface Shown {
  readonly environment: EnvironmentStatus
  readonly namespace: string
}

/** New connections in a session's network: now, and in the last minute. */
export function NewConnections({ environment: { workspace, environment }, namespace }: Shown) {
  const history = use(HistoriesContext).get(placeKey({ workspace, environment, namespace })) ?? []
  const now = history.at(-1)
  if (now === undefined) return null
  const most = Math.max(...history)
  return (
    <Stack
      direction="row"
      spacing={1}
      title={t`TCP connections that were accepted in the last second in the session's network, by all that runs in it`}
      sx={{ alignItems: 'center', fontVariantNumeric: 'tabular-nums' }}
    >
      <Sparkline
        values={history}
        most={SHOWN_SECONDS}
        label={t`New connections a second with ${namespace} in the last minute: now ${now}, at most ${most}`}
      />
      <span>{t`${now} new/s`}</span>
    </Stack>
  )
}
