import { Box, Typography } from '@mui/material'
import { t } from '../../../language/t.ts'
import type { Repair } from '../../../session/happening.ts'
import { TimedLine } from './timed-line.tsx'

/** What was brought back of late, and what could not be. */
export function RepairList({ repairs }: { readonly repairs: readonly Repair[] }) {
  return (
    <Box sx={{ px: 1.25, py: 1, borderTop: 1, borderColor: 'divider' }}>
      <Typography variant="h3">{t`Last repairs`}</Typography>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {repairs.map(({ at, namespace, kind, what, because }) => (
          <TimedLine
            key={`${at} ${what}`}
            at={at}
            where={namespace ?? ''}
            kind={kind}
            text={because === undefined ? what : `${what}: ${because}`}
          />
        ))}
      </Box>
    </Box>
  )
}
