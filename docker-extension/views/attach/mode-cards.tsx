import { Box, Paper, Radio, RadioGroup, Typography } from '@mui/material'
import { t } from '../../../language/t.ts'
import { MODES, type Mode } from '../../../session/mode.ts'

interface Card {
  /** What happens to the requests in the cluster. */
  readonly what: string
  readonly when: string
}

const CARDS: Readonly<Record<Mode, Card>> = {
  replace: {
    what: t`The workload's container stops, and runs again when you leave. All requests come to you.`,
    when: t`For tests of a whole replacement, and for workers that take jobs from a queue.`,
  },
  intercept: {
    what: t`The container goes on running. All requests come to you, or only those that you choose by header or path.`,
    when: t`For everyday development; in a team, each with a header of their own.`,
  },
  wiretap: {
    what: t`The cluster answers. You get a copy of each request, and what you answer goes nowhere.`,
    when: t`For a look at live requests, also in production, and to reproduce a fault.`,
  },
  ingest: {
    what: t`No request comes to you. You have the workload's variables and the cluster's network.`,
    when: t`For databases and internal services, and to test connections.`,
  },
}

/** The four modes, with what becomes of the cluster's requests. */
export function ModeCards({ mode, choose }: { readonly mode: Mode; readonly choose: (mode: Mode) => void }) {
  return (
    <RadioGroup
      aria-label={t`Mode`}
      value={mode}
      onChange={({ target }) => choose(target.value as Mode)}
      sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'repeat(auto-fit, minmax(230px, 1fr))' }}
    >
      {MODES.map(each => (
        <ModeCard key={each} mode={each} isChosen={each === mode} />
      ))}
    </RadioGroup>
  )
}

function ModeCard({ mode, isChosen }: { readonly mode: Mode; readonly isChosen: boolean }) {
  const { what, when } = CARDS[mode]
  return (
    <Paper
      component="label"
      sx={{
        p: 1.25,
        display: 'flex',
        cursor: 'pointer',
        gap: 0.5,
        alignItems: 'flex-start',
        borderColor: isChosen ? 'primary.main' : 'divider',
        '&:focus-within': { outline: '2px solid', outlineColor: 'primary.main' },
      }}
    >
      <Radio
        size="small"
        value={mode}
        slotProps={{ input: { 'aria-label': mode, 'aria-describedby': `mode-${mode}` } }}
        sx={{ p: 0.25 }}
      />
      <Box>
        <Typography sx={{ fontWeight: 600 }}>{mode}</Typography>
        <Box id={`mode-${mode}`} sx={{ fontSize: 13 }}>
          {what}
          <Box sx={{ color: 'text.secondary', mt: 0.5 }}>{when}</Box>
        </Box>
      </Box>
    </Paper>
  )
}
