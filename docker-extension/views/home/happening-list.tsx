import { Box, Paper, Typography } from '@mui/material'
import { t } from '../../../language/t.ts'
import type { Happening } from '../../../session/happening.ts'
import { TimedLine } from './timed-line.tsx'

const SHOWN = 8

/** What has happened since the page was opened. */
export function HappeningList({ happenings }: { readonly happenings: readonly Happening[] }) {
  return (
    <Paper component="section" aria-label={t`Just now`} sx={{ px: 1.25, py: 1 }}>
      <Typography variant="h2">{t`Just now`}</Typography>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {happenings.slice(0, SHOWN).map(({ at, environment, namespace, kind, what, because }) => (
          <TimedLine
            key={`${at} ${kind} ${what}`}
            at={at}
            where={namespace === undefined ? environment : `${environment}/${namespace}`}
            kind={kind}
            text={because === undefined ? what : `${what}: ${because}`}
          />
        ))}
      </Box>
    </Paper>
  )
}
