import { Box, Paper, Stack } from '@mui/material'
import { t } from '../../language/t.ts'
import { commandText } from '../run/command-text.ts'
import { CopyButton } from './copy-button.tsx'

/** What does the same in a terminal. */
export function CommandLine({ words }: { readonly words: readonly string[] }) {
  const text = commandText(words)
  return (
    <Paper sx={{ px: 1.5, py: 1 }}>
      <Stack direction="row" spacing={1} sx={{ alignItems: 'center', justifyContent: 'space-between' }}>
        <Box
          component="code"
          aria-label={t`Command line`}
          role="group"
          sx={{ fontFamily: 'monospace', fontSize: 13, overflowWrap: 'anywhere' }}
        >
          {text}
        </Box>
        <CopyButton label={t`Copy`} read={() => text} />
      </Stack>
    </Paper>
  )
}
