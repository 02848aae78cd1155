import { Alert, Button, LinearProgress, Paper, Stack, Typography } from '@mui/material'
import { t } from '../../../language/t.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Page } from '../../parts/page.tsx'
import { linkTo } from '../../parts/route.ts'
import type { Engine } from '../../run/use-engine.ts'
import { Connections } from './connections.tsx'
import { EnvironmentPanel } from './environment-panel.tsx'
import { HappeningList } from './happening-list.tsx'
import { OtherEnvironments } from './other-environments.tsx'

/** Everything of ours on this engine, at a glance. */
export function HomeView({ engine: { environments, happenings, error } }: { readonly engine: Engine }) {
  return (
    <Page
      title={t`Attachments`}
      actions={
        <Button variant="contained" href={linkTo('attach')}>
          {t`New attachment`}
        </Button>
      }
    >
      {error !== undefined && (
        <ErrorNotice error={error}>
          {environments === undefined && <span>{t`It is read again by itself.`}</span>}
        </ErrorNotice>
      )}
      {error !== undefined && environments !== undefined && (
        <Alert severity="warning">{t`What follows is what was seen last. It is read again by itself.`}</Alert>
      )}
      {error === undefined && environments === undefined && (
        <LinearProgress aria-label={t`Reading the engine`} />
      )}
      {environments?.length === 0 && error === undefined && <NothingAttached />}
      <Connections environments={environments ?? []}>
        {environments?.map(environment => (
          <EnvironmentPanel
            key={`${environment.workspace}\n${environment.environment}`}
            environment={environment}
          />
        ))}
      </Connections>
      {environments !== undefined && <OtherEnvironments environments={environments} />}
      {happenings.length > 0 && <HappeningList happenings={happenings} />}
    </Page>
  )
}

function NothingAttached() {
  return (
    <Paper sx={{ p: 4 }}>
      <Stack spacing={1.5} sx={{ alignItems: 'flex-start' }}>
        <Typography variant="h2">{t`Nothing is attached on this engine.`}</Typography>
        <Typography color="textSecondary">
          {t`Attach a workload: its variables, its network and, if you want, its requests come into a container here.`}
        </Typography>
        <Button variant="contained" href={linkTo('attach')}>
          {t`Attach a workload`}
        </Button>
      </Stack>
    </Paper>
  )
}
