import { Box, Paper, Typography } from '@mui/material'
import { t } from '../../../language/t.ts'
import type { EventOf } from '../../../session/events.ts'

export type Cleared = EventOf<'cleared'>

/** Of one clear. */
export function WhatEnded({ cleared: { removed, kept, refused } }: { readonly cleared: Cleared }) {
  return (
    <Paper sx={{ p: 1.5 }}>
      <Box role="status">
        <Typography>{t`Removed: ${removed.map(({ name }) => name).join(', ') || '–'}`}</Typography>
        {kept.length > 0 && <Typography>{t`Left on purpose: ${kept.join(', ')}`}</Typography>}
        {refused.length > 0 && (
          <Typography color="error">{t`Not removed, for want of rights: ${refused.join(', ')}`}</Typography>
        )}
      </Box>
    </Paper>
  )
}
