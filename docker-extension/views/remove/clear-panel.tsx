import { Box, Button, LinearProgress, Paper, Stack, Typography } from '@mui/material'
import { t } from '../../../language/t.ts'
import type { EnvironmentStatus } from '../../../session/engine-status.ts'
import { CommandLine } from '../../parts/command-line.tsx'
import { OthersNotice } from '../../parts/others-notice.tsx'
import { usePlaceOf } from '../../run/own-place.ts'
import { useRun } from '../../run/use-run.ts'
import type { Cleared } from './what-ended.tsx'

/** Ends everything of one environment, after saying what that is and whose. */
export function ClearPanel({
  environment,
  onCleared,
}: {
  readonly environment: EnvironmentStatus
  /** What was cleared is not shown here: with the last of it this is gone. */
  readonly onCleared: (cleared: Cleared) => void
}) {
  const place = usePlaceOf(environment)
  const { view, isRunning, start } = useRun({ goesOn: true })
  if (place === undefined) return <LinearProgress aria-label={t`Reading the workspace`} />
  const words = ['clear', ...place.words]
  const clear = (...more: readonly string[]): void =>
    void start([...words, ...more], event => event.type === 'cleared' && onCleared(event))
  const name = environment.environment
  return (
    <Paper component="section" aria-label={t`Clear ${name}`} sx={{ p: 1.5 }}>
      <Stack spacing={1.25}>
        <Typography variant="h2">{t`Clear ${name}`}</Typography>
        <WhatEnds environment={environment} />
        <CommandLine words={words} />
        <div>
          <Button variant="outlined" color="error" disabled={isRunning} onClick={() => clear()}>
            {t`Clear ${name}`}
          </Button>
        </div>
        {isRunning && <LinearProgress aria-label={t`Clearing`} />}
        {view?.error !== undefined && <OthersNotice error={view.error} end={() => clear('--yes')} />}
      </Stack>
    </Paper>
  )
}

function WhatEnds({ environment: { sessions, devContainers } }: { readonly environment: EnvironmentStatus }) {
  const owners = [...new Set([...sessions, ...devContainers].map(({ owner }) => owner ?? '?'))]
  return (
    <>
      <Typography>
        {t`The cluster gets its requests back. Sessions, dev containers and copied variables are removed; logs stay.`}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {devContainers.map(({ container, namespace, attachment, owner = '?' }) => (
          <li key={container}>{t`${attachment?.workload ?? container} in ${namespace}, of ${owner}`}</li>
        ))}
        {sessions.map(({ container, namespace, owner = '?' }) => (
          <li key={container}>{t`the session with ${namespace}, of ${owner}`}</li>
        ))}
      </Box>
      {owners.length > 1 && (
        <Typography
          sx={{ color: 'warning.main' }}
        >{t`This is about several people: ${owners.join(', ')}`}</Typography>
      )}
    </>
  )
}
