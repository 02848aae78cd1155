import { LinearProgress, Paper, Typography } from '@mui/material'
import { useState } from 'react'
import { t } from '../../../language/t.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Page } from '../../parts/page.tsx'
import type { Engine } from '../../run/use-engine.ts'
import { ClearPanel } from './clear-panel.tsx'
import { UninstallPanel } from './uninstall-panel.tsx'
import { type Cleared, WhatEnded } from './what-ended.tsx'

/** What takes away: from this engine, and from the cluster. */
export function RemoveView({ engine: { environments, error } }: { readonly engine: Engine }) {
  const [cleared, setCleared] = useState<readonly Cleared[]>([])
  return (
    <Page title={t`Clear and uninstall`}>
      {error !== undefined && <ErrorNotice error={error} />}
      {environments === undefined && error === undefined && (
        <LinearProgress aria-label={t`Reading the engine`} />
      )}
      {environments?.length === 0 && (
        <Paper sx={{ p: 2 }}>
          <Typography>{t`Nothing of ours is on this engine, so there is nothing to clear.`}</Typography>
        </Paper>
      )}
      {environments?.map(environment => (
        <ClearPanel
          key={`${environment.workspace}\n${environment.environment}`}
          environment={environment}
          onCleared={each => setCleared(before => [...before, each])}
        />
      ))}
      {cleared.map(each => (
        <WhatEnded key={JSON.stringify(each)} cleared={each} />
      ))}
      <UninstallPanel />
    </Page>
  )
}
