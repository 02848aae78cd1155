import { Box, Button, LinearProgress, Paper, Stack, TextField, Typography } from '@mui/material'
import { useState } from 'react'
import { t } from '../../language/t.ts'
import type { Finding } from '../../session/finding.ts'
import { useSurroundings } from '../home/home-context.ts'
import { EnvironmentField } from '../parts/environment-field.tsx'
import { ErrorNotice } from '../parts/error-notice.tsx'
import { Page } from '../parts/page.tsx'
import { Mark } from '../parts/step-list.tsx'
import { placeWords } from '../run/place.ts'
import { useAnswer } from '../run/use-answer.ts'

/** What an attachment needs, as a list to tick off. */
export function DoctorView() {
  const { place } = useSurroundings()
  const [typed, setTyped] = useState('')
  const [namespace, setNamespace] = useState('')
  const known = useAnswer('choices', ['choices', ...placeWords(place)])
  const words = ['doctor', ...placeWords(place), ...(namespace === '' ? [] : [namespace])]
  const { answer, error, isAsking, again } = useAnswer('findings', words)
  const run = (): void => (typed.trim() === namespace ? again() : setNamespace(typed.trim()))
  return (
    <Page
      title={t`Doctor`}
      actions={
        <Button variant="contained" disabled={isAsking} onClick={run}>
          {t`Look again`}
        </Button>
      }
    >
      <Box sx={{ maxWidth: 320 }}>
        <EnvironmentField choices={known.answer} />
      </Box>
      <TextField
        label={t`Also look into this namespace`}
        value={typed}
        sx={{ maxWidth: 320 }}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={({ key }) => key === 'Enter' && run()}
      />
      {isAsking && <LinearProgress aria-label={t`Looking`} />}
      {error !== undefined && <ErrorNotice error={error} retry={again} />}
      {answer !== undefined && <Findings findings={answer.findings} />}
    </Page>
  )
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <Paper component="section" aria-label={t`What was found`}>
      <Typography role="status" sx={{ px: 1.5, pt: 1.25, fontWeight: 600 }}>
        {summaryOf(findings)}
      </Typography>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {findings.map(finding => (
          <FindingLine key={`${finding.subject} ${finding.message}`} finding={finding} />
        ))}
      </Box>
    </Paper>
  )
}

function summaryOf(findings: readonly Finding[]): string {
  const failed = findings.filter(({ state }) => state === 'failed').length
  const warnings = findings.filter(({ state }) => state === 'warning').length
  if (failed > 0) return t`To be mended: ${failed}`
  return warnings > 0 ? t`All works. To know: ${warnings}` : t`All is well.`
}

function FindingLine({ finding: { subject, state, message, hint } }: { readonly finding: Finding }) {
  return (
    <Stack component="li" direction="row" spacing={1.5} sx={{ px: 1.5, py: 0.75 }}>
      <Box sx={{ width: 16, flex: 'none' }}>{markOf(state)}</Box>
      <Box sx={{ width: 160, flex: 'none', fontWeight: 600 }}>{subject}</Box>
      <Box sx={{ overflowWrap: 'anywhere' }}>
        {message}
        {hint !== undefined && <Box sx={{ fontWeight: 600, whiteSpace: 'pre-wrap' }}>{hint}</Box>}
      </Box>
    </Stack>
  )
}

function markOf(state: Finding['state']) {
  switch (state) {
    case 'ok':
      return <Mark sign="✓" word={t`in order`} color="success.main" />
    case 'warning':
      return <Mark sign="!" word={t`to know`} color="warning.main" />
    case 'failed':
      return <Mark sign="✗" word={t`to be mended`} color="error.main" />
  }
}
