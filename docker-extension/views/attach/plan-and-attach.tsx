import { Alert, Button, LinearProgress, Paper, Stack, Typography } from '@mui/material'
import { useEffect, useState } from 'react'
import { t } from '../../../language/t.ts'
import { toAbout } from '../../parts/attached-place.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Remarks } from '../../parts/remarks.tsx'
import { goTo, linkTo } from '../../parts/route.ts'
import { StepList } from '../../parts/step-list.tsx'
import type { AttachForm } from '../../run/attach-words.ts'
import { type Running, useRun } from '../../run/use-run.ts'

/** A pause in typing. */
const PAUSE = 400
/** What `--yes` answers. */
const ASKED: ReadonlySet<string> = new Set(['NOT_YOURS', 'SESSION_DIFFERS'])

interface Shown {
  readonly words: readonly string[]
  readonly form: AttachForm
}

/** What would be done, then the button, then what is done. */
export function PlanAndAttach({ words, form }: Shown) {
  const planned = usePlan(words)
  const attaching = useRun()
  const attach = async (...more: readonly string[]): Promise<void> => {
    let devContainer: string | undefined
    const exitCode = await attaching.start([...words, ...more], event => {
      if (event.type === 'result') devContainer = event.devContainer
    })
    if (exitCode === 0 && devContainer !== undefined)
      goTo(
        linkTo('attachment', toAbout({ devContainer, namespace: form.namespace, workload: form.workload })),
      )
  }
  if (attaching.view !== undefined) return <Attaching attaching={attaching} attach={attach} />
  return <Planned planned={planned} attach={attach} />
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

interface Attached {
  readonly attach: (...more: readonly string[]) => Promise<void>
}

function Planned({ planned, attach }: Attached & { readonly planned: ReturnType<typeof usePlan> }) {
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
            {ASKED.has(view.error.code) && <AllTheSame attach={attach} />}
          </ErrorNotice>
        )}
        <div>
          <Button
            variant="contained"
            disabled={view?.plan === undefined || view.error !== undefined}
            onClick={() => void attach()}
          >
            {t`Attach`}
          </Button>
        </div>
      </Stack>
    </Paper>
  )
}

function Attaching({ attaching, attach }: Attached & { readonly attaching: Running }) {
  const { view, isRunning, forget } = attaching
  if (view === undefined) return null
  return (
    <Paper component="section" aria-label={t`Progress`} aria-live="polite" sx={{ p: 1.25 }}>
      <Stack spacing={1.25}>
        <Typography variant="h2">{isRunning ? t`Attaching` : t`What was done`}</Typography>
        <StepList label={t`Progress`} steps={view.steps} />
        <Remarks remarks={view.remarks} />
        {view.error !== undefined && (
          <ErrorNotice error={view.error} retry={() => void attach()}>
            {ASKED.has(view.error.code) && <AllTheSame attach={attach} />}
          </ErrorNotice>
        )}
        {view.exitCode === 0 && <Alert severity="success">{t`It is attached.`}</Alert>}
        <div>
          <Button variant="outlined" color="inherit" onClick={forget}>
            {isRunning ? t`Cancel` : t`Back to the plan`}
          </Button>
        </div>
      </Stack>
    </Paper>
  )
}

const AllTheSame = ({ attach }: Attached) => (
  <Button variant="outlined" color="error" onClick={() => void attach('--yes')}>
    {t`Do it all the same`}
  </Button>
)
