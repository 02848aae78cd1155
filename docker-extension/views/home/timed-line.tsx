import { Box, Stack } from '@mui/material'

interface Shown {
  /** ISO 8601. */
  readonly at: string
  readonly where: string
  readonly kind: string
  readonly text: string
}

/** One line of what happened, by this computer's clock. */
export function TimedLine({ at, where, kind, text }: Shown) {
  return (
    <Stack component="li" direction="row" spacing={1.5} sx={{ py: 0.25, fontSize: 13 }}>
      <Box
        component="time"
        dateTime={at}
        sx={{ color: 'text.secondary', flex: 'none', fontVariantNumeric: 'tabular-nums' }}
      >
        {new Date(at).toLocaleTimeString([], { hour12: false })}
      </Box>
      <Box sx={{ color: 'text.secondary', flex: 'none' }}>{where}</Box>
      <Box sx={{ flex: 'none' }}>{kind}</Box>
      <Box sx={{ overflowWrap: 'anywhere' }}>{text}</Box>
    </Stack>
  )
}
