import { LinearProgress, Paper, Stack, Typography } from '@mui/material'
import { lazy, Suspense } from 'react'
import { t } from '../../../language/t.ts'
import { useSurroundings } from '../../home/home-context.ts'
import { CommandLine } from '../../parts/command-line.tsx'
import type { AboutAttached } from './about-attached.ts'

/** Much code, for those who open one. */
const Terminal = lazy(async () => ({ default: (await import('./terminal.tsx')).Terminal }))

/** A shell in the dev container, here where that can be, else in a terminal. */
export function ShellPanel({ about }: { readonly about: AboutAttached }) {
  const { home } = useSurroundings()
  const { devContainer, workload, place, placeWords } = about
  const { namespace } = devContainer
  return (
    <Stack spacing={1.5}>
      {home.shell !== undefined ? (
        <Paper sx={{ p: 1 }}>
          <Suspense fallback={<LinearProgress aria-label={t`Opening the shell`} />}>
            <Terminal open={home.shell} refusal={home.refusal} of={{ namespace, workload, ...place }} />
          </Suspense>
        </Paper>
      ) : (
        <Typography>{t`A shell opens in a terminal of yours, with this command:`}</Typography>
      )}
      <CommandLine words={['exec', ...placeWords, namespace, workload]} />
    </Stack>
  )
}
