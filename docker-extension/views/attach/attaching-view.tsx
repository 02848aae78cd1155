import { Button, Paper, Stack, Typography } from '@mui/material'
import { useEffect } from 'react'
import { t } from '../../../language/t.ts'
import type { RunView } from '../../../session/view.ts'
import { toAbout } from '../../parts/attached-place.ts'
import { CommandLine } from '../../parts/command-line.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Page } from '../../parts/page.tsx'
import { Remarks } from '../../parts/remarks.tsx'
import { goTo, linkTo } from '../../parts/route.ts'
import { StepList } from '../../parts/step-list.tsx'
import type { Running } from '../../run/use-run.ts'
import { AllTheSame } from './all-the-same.tsx'

/** What is done, step by step; and then the attachment's own page. */
export function AttachingView({ attaching, view }: { readonly attaching: Running; readonly view: RunView }) {
  const { words, isRunning, start, forget } = attaching
  const { devContainer, exitCode, error } = view
  const [namespace = '', workload = ''] = words.slice(-2)
  useEffect(() => {
    if (exitCode !== 0 || devContainer === undefined) return
    goTo(linkTo('attachment', toAbout({ devContainer, namespace, workload })))
    forget()
  }, [exitCode, devContainer, namespace, workload, forget])
  const attach = (again: readonly string[]): void => void start(again)
  return (
    <Page title={isRunning ? t`Attaching ${workload}` : t`What was done`}>
      <CommandLine words={words} />
      <Paper component="section" aria-label={t`Progress`} aria-live="polite" sx={{ p: 1.25 }}>
        <Stack spacing={1.25}>
          {isRunning && view.steps.length === 0 && <Typography>{t`Looking at the cluster`}</Typography>}
          <StepList label={t`Progress`} steps={view.steps} />
          <Remarks remarks={view.remarks} />
          {error !== undefined && (
            <ErrorNotice error={error} retry={() => attach(words)}>
              <AllTheSame error={error} words={words} attach={attach} />
            </ErrorNotice>
          )}
          <div>
            <Button variant="outlined" color="inherit" onClick={forget}>
              {isRunning ? t`Cancel` : t`Back to the plan`}
            </Button>
          </div>
        </Stack>
      </Paper>
    </Page>
  )
}
