import {
  Button,
  LinearProgress,
  Paper,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableRow,
  TextField,
} from '@mui/material'
import { useState } from 'react'
import { t } from '../../../language/t.ts'
import { useSurroundings } from '../../home/home-context.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { runEvents, runText } from '../../run/run-events.ts'
import { useAnswer } from '../../run/use-answer.ts'
import type { AboutAttached } from './about-attached.ts'

/** The pod's variables. A value comes into the page only when it is asked for. */
export function VariablesPanel({ about }: { readonly about: AboutAttached }) {
  const run = useSurroundings()
  const words = ['env', ...about.placeWords, about.devContainer.namespace, about.workload]
  const { answer, error, isAsking, again } = useAnswer('variables', [...words, '--output', 'json'])
  const [search, setSearch] = useState('')
  const names = Object.keys(answer?.variables ?? {}).filter(name =>
    name.toLowerCase().includes(search.trim().toLowerCase()),
  )
  const copied = (format: string) => () => runText([...words, '--reveal', '--output', format], run)
  return (
    <Paper sx={{ p: 1.25 }}>
      <Stack spacing={1}>
        {isAsking && <LinearProgress aria-label={t`Reading the variables`} />}
        {error !== undefined && <ErrorNotice error={error} retry={again} />}
        <Stack direction="row" spacing={1}>
          <TextField label={t`Search`} value={search} onChange={({ target }) => setSearch(target.value)} />
          <CopyButton label={t`Copy as dotenv`} read={copied('dotenv')} />
          <CopyButton label={t`Copy as JSON`} read={copied('json')} />
        </Stack>
        <Table size="small" aria-label={t`Variables`}>
          <TableBody>
            {names.map(name => (
              <VariableRow key={name} name={name} words={words} />
            ))}
          </TableBody>
        </Table>
      </Stack>
    </Paper>
  )
}

function VariableRow({ name, words }: { readonly name: string; readonly words: readonly string[] }) {
  const { home, language } = useSurroundings()
  const [value, setValue] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const reveal = async (): Promise<void> => {
    await runEvents(
      [...words, '--output', 'json', '--reveal'],
      event => {
        if (event.type === 'variables') setValue(event.variables[name])
        if (event.type === 'error') setProblem(event.message)
      },
      { home, language },
    )
  }
  return (
    <TableRow>
      <TableCell component="th" scope="row" sx={{ fontFamily: 'monospace', verticalAlign: 'top' }}>
        {name}
      </TableCell>
      <TableCell
        sx={{ fontFamily: 'monospace', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', width: '60%' }}
      >
        {value ?? problem ?? '••••••••'}
      </TableCell>
      <TableCell align="right">
        <Button
          color="inherit"
          aria-label={value === undefined ? t`Reveal ${name}` : t`Hide ${name}`}
          onClick={() => (value === undefined ? void reveal() : setValue(undefined))}
        >
          {value === undefined ? t`Reveal` : t`Hide`}
        </Button>
      </TableCell>
    </TableRow>
  )
}
