import { Box, CircularProgress, Stack } from '@mui/material'
import type { ReactNode } from 'react'
import { t } from '../../language/t.ts'
import type { ShownStep } from '../../session/view.ts'

interface Listed {
  readonly name: string
  readonly because: string
  readonly state?: ShownStep['state']
}

/** A plan, or what has become of it: each step with its reason. */
export function StepList({ label, steps }: { readonly label: string; readonly steps: readonly Listed[] }) {
  return (
    <Box component="ol" aria-label={label} sx={{ m: 0, pl: 0, listStyle: 'none' }}>
      {steps.map(({ name, because, state }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: Steps are only added, and one may be there twice.
        <Stack component="li" key={index} direction="row" spacing={1.5} sx={{ py: 0.5 }}>
          <Box sx={{ width: 20, flex: 'none', textAlign: 'right' }}>
            {state ? markOf(state) : `${index + 1}.`}
          </Box>
          <Box sx={{ overflowWrap: 'anywhere' }}>
            {name}
            <Box component="span" sx={{ color: 'text.secondary', display: 'block' }}>
              {because}
            </Box>
          </Box>
        </Stack>
      ))}
    </Box>
  )
}

function markOf(state: ShownStep['state']): ReactNode {
  switch (state) {
    case 'started':
      return <CircularProgress size={14} aria-label={t`under way`} />
    case 'done':
      return <Mark sign="✓" word={t`done`} color="success.main" />
    case 'failed':
      return <Mark sign="✗" word={t`failed`} color="error.main" />
  }
}

interface Marked {
  readonly sign: string
  readonly word: string
  readonly color: string
}

/** A sign to see, and a word to hear. */
export function Mark({ sign, word, color }: Marked) {
  return (
    <Box component="span" role="img" aria-label={word} sx={{ color, fontWeight: 700 }}>
      {sign}
    </Box>
  )
}
