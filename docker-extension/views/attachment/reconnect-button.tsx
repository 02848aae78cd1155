import { Button, LinearProgress, Stack, Typography } from '@mui/material'
import { t } from '../../../language/t.ts'
import { attachmentHealth } from '../../../session/view.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { StepList } from '../../parts/step-list.tsx'
import { useRun } from '../../run/use-run.ts'
import { wordsAgain } from '../../run/words-again.ts'
import type { AboutAttached } from './about-attached.ts'

/** What is broken heals by itself, mostly; this asks for it now, by attaching the same again. */
export function ReconnectButton({ about }: { readonly about: AboutAttached }) {
  const { view, isRunning, start } = useRun({ goesOn: true })
  const { environment, devContainer, placeWords } = about
  const { attachment } = devContainer
  if (attachment === undefined || attachmentHealth(devContainer, environment).state === 'healthy') return null
  const words = wordsAgain(devContainer, placeWords, !devContainer.project?.startsWith('/'))
  if (words === undefined)
    return (
      <Typography>{t`Its header's value is kept nowhere here: detach it, and attach it with that again.`}</Typography>
    )
  return (
    <Stack spacing={1}>
      <div>
        <Button variant="outlined" disabled={isRunning} onClick={() => void start(words)}>
          {t`Reconnect`}
        </Button>
      </div>
      {isRunning && <LinearProgress aria-label={t`Reconnecting`} />}
      {view !== undefined && <StepList label={t`Progress`} steps={view.steps} />}
      {view?.error !== undefined && <ErrorNotice error={view.error} retry={() => void start(words)} />}
    </Stack>
  )
}
