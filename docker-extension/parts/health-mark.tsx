import { Box, Stack } from '@mui/material'
import { t } from '../../language/t.ts'
import type { Health } from '../../session/view.ts'

const COLOURS = { healthy: 'success.main', waiting: 'warning.main', unhealthy: 'error.main' } as const

/** A word and a colour, which says nothing that the word does not. */
export function HealthMark({ health }: { readonly health: Health }) {
  return (
    <Stack direction="row" spacing={0.75} sx={{ alignItems: 'baseline' }}>
      <Box
        aria-hidden
        sx={{ width: 8, height: 8, borderRadius: '50%', flex: 'none', bgcolor: COLOURS[health.state] }}
      />
      <span>{healthText(health)}</span>
    </Stack>
  )
}

function healthText({ state, because }: Health): string {
  if (state === 'healthy') return t`healthy`
  const word = state === 'waiting' ? t`starting` : t`unhealthy`
  return because === undefined ? word : `${word}: ${because}`
}
