import { Button, LinearProgress, Paper, Stack, Typography } from '@mui/material'
import { useEffect, useState } from 'react'
import { t } from '../../../language/t.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Remarks } from '../../parts/remarks.tsx'
import { StepList } from '../../parts/step-list.tsx'
import { type Running, useRun } from '../../run/use-run.ts'
import { AllTheSame } from './all-the-same.tsx'

/** A pause in typing. */
const PAUSE = 400

/** What would be done, and the button that does it. */
export function PlanAndAttach({
  words,
  attach,
}: {
  readonly words: readonly string[]
  readonly attach: (words: readonly string[]) => void
}) {
  const planned = usePlan(words)
  const { view } = planned
  return (
    <Paper component="section" aria-label={t`Plan`} aria-busy={view?.exitCode === undefined} sx={{ p: 1.25 }}>
      <Stack spacing={1.25} sx={{ alignItems: 'stretch' }}>
        <Typography variant="h2">{t`Plan`}</Typography>
        {view?.exitCode === undefined && <LinearProgress aria-label={t`Making the plan`} />}
        <Remarks remarks={view?.remarks ?? []} />
        {view?.plan !== undefined && <StepList label={t`Plan`} steps={view.plan} />}
        {view?.error !== undefined && (
          <ErrorNotice error={view.error} retry={planned.again}>
            <AllTheSame error={view.error} words={words} attach={attach} />
          </ErrorNotice>
        )}
        <div>
          <Button
            variant="contained"
            disabled={view?.plan === undefined || view.error !== undefined}
            onClick={() => attach(words)}
          >
            {t`Attach`}
          </Button>
        </div>
      </Stack>
    </Paper>
  )
}

function usePlan(words: readonly string[]): Running & { readonly again: () => void } {
  const planned = useRun()
  const { start, forget } = planned
  const asked = JSON.stringify(words)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: Another attempt asks for the same.
  useEffect(() => {
    forget()
    const timer = setTimeout(() => void start([...(JSON.parse(asked) as string[]), '--dry-run']), PAUSE)
    return () => clearTimeout(timer)
  }, [asked, attempt, start, forget])
  return { ...planned, again: () => setAttempt(attempt + 1) }
}
