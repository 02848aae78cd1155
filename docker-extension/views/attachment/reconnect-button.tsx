import { Button, LinearProgress, Stack, TextField, Typography } from '@mui/material'
import { type FormEvent, useState } from 'react'
import { t } from '../../../language/t.ts'
import { attachmentHealth } from '../../../session/view.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Remarks } from '../../parts/remarks.tsx'
import { StepList } from '../../parts/step-list.tsx'
import { useRun } from '../../run/use-run.ts'
import { wordsAgain } from '../../run/words-again.ts'
import type { AboutAttached } from './about-attached.ts'

/** What is broken heals by itself, mostly; this asks for it now, by attaching the same again. */
export function ReconnectButton({ about }: { readonly about: AboutAttached }) {
  const { view, isRunning, start } = useRun({ goesOn: true })
  const [headerValues, setHeaderValues] = useState<Readonly<Record<string, string>>>({})
  const { environment, devContainer, placeWords } = about
  const { attachment, project } = devContainer
  const hasProjects = !project?.startsWith('/')
  const words = wordsAgain(devContainer, { placeWords, hasProjects, headerValues })
  const isWell = attachmentHealth(devContainer, environment).state === 'healthy'
  if (words === undefined || (isWell && view === undefined)) return null
  const headers = attachment?.headers ?? []
  const reconnect = (event?: FormEvent): void => {
    event?.preventDefault()
    void start(words)
  }
  return (
    <Stack component="form" spacing={1} onSubmit={reconnect} autoComplete="off">
      {headers.length > 0 && (
        <HeaderFields
          names={headers}
          values={headerValues}
          change={(name, value) => setHeaderValues({ ...headerValues, [name]: value })}
        />
      )}
      <div>
        <Button
          type="submit"
          variant="outlined"
          disabled={isRunning || headers.some(name => !headerValues[name])}
        >
          {t`Reconnect`}
        </Button>
      </div>
      {isRunning && <LinearProgress aria-label={t`Reconnecting`} />}
      {view !== undefined && <StepList label={t`Progress`} steps={view.steps} />}
      <Remarks remarks={view?.remarks ?? []} />
      {view?.error !== undefined && <ErrorNotice error={view.error} retry={reconnect} />}
    </Stack>
  )
}

interface Asked {
  readonly names: readonly string[]
  readonly values: Readonly<Record<string, string>>
  readonly change: (name: string, value: string) => void
}

const HeaderFields = ({ names, values, change }: Asked) => (
  <>
    <Typography>
      {t`What it takes is chosen by headers whose values are kept nowhere here. Give them to attach it again.`}
    </Typography>
    {names.map(name => (
      <TextField
        key={name}
        type="password"
        label={t`Value of the header ${name}`}
        value={values[name] ?? ''}
        sx={{ maxWidth: 320 }}
        slotProps={{ htmlInput: { autoComplete: 'off' } }}
        onChange={({ target }) => change(name, target.value)}
      />
    ))}
  </>
)
