import { Alert, Box } from '@mui/material'
import { useCallback, useState } from 'react'
import { t } from '../../../language/t.ts'
import { MODES } from '../../../session/mode.ts'
import { useSurroundings } from '../../home/home-context.ts'
import { CommandLine } from '../../parts/command-line.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Page } from '../../parts/page.tsx'
import { type AttachForm, attachWords, EMPTY_FORM, nextField } from '../../run/attach-words.ts'
import { placeWords, plannedPlace } from '../../run/place.ts'
import { useAnswer } from '../../run/use-answer.ts'
import type { Running } from '../../run/use-run.ts'
import { AttachingView } from './attaching-view.tsx'
import { FilterFields } from './filter-fields.tsx'
import { ModeCards } from './mode-cards.tsx'
import { MoreFields } from './more-fields.tsx'
import { PlacePanel } from './place-panel.tsx'
import { PlanAndAttach } from './plan-and-attach.tsx'
import { PortFields } from './port-fields.tsx'
import { WorkloadChooser } from './workload-chooser.tsx'

interface Shown {
  readonly about: URLSearchParams
  /** Goes on while other views are shown. */
  readonly attaching: Running
}

/** From nothing to an attachment. */
export function AttachView({ about, attaching }: Shown) {
  const [form, setForm] = useState(() => initialForm(about))
  const change = useCallback((part: Partial<AttachForm>) => setForm(before => ({ ...before, ...part })), [])
  if (attaching.view !== undefined) return <AttachingView attaching={attaching} view={attaching.view} />
  return <FormView form={form} change={change} attach={words => void attaching.start(words)} />
}

interface Filled {
  readonly form: AttachForm
  readonly change: (part: Partial<AttachForm>) => void
  readonly attach: (words: readonly string[]) => void
}

/** What is filled in last is at the end, and then comes the plan. */
function FormView({ form, change, attach }: Filled) {
  const { place } = useSurroundings()
  const known = useAnswer('choices', ['choices', ...placeWords(place)])
  const words = attachWords(form, plannedPlace(place, known.answer))
  const next = nextField(form, known.answer?.isStandalone ?? false)
  return (
    <Page title={t`New attachment`}>
      <ModeCards mode={form.mode} choose={mode => change({ mode, ports: [] })} />
      <PlacePanel choices={known.answer} form={form} change={change} />
      {known.error !== undefined && <ErrorNotice error={known.error} retry={known.again} />}
      {form.namespace !== '' && (
        <WorkloadChooser
          namespace={form.namespace}
          chosen={form.workload}
          choose={workload => change({ workload, ports: [], container: '' })}
        />
      )}
      {form.workload !== '' && (
        <PortFields key={`${form.mode} ${form.workload}`} form={form} change={change} />
      )}
      {form.workload !== '' && <FilterFields form={form} change={change} />}
      {form.workload !== '' && <MoreFields form={form} change={change} choices={known.answer} />}
      {next === undefined ? (
        <>
          <CommandLine words={words} />
          <PlanAndAttach words={words} attach={attach} />
        </>
      ) : (
        <Alert severity="info" variant="outlined" icon={false}>
          <Box component="span" role="status">
            {NEXT[next]}
          </Box>
        </Alert>
      )}
    </Page>
  )
}

const initialForm = (about: URLSearchParams): AttachForm => ({
  ...EMPTY_FORM,
  mode: MODES.find(mode => mode === about.get('mode')) ?? EMPTY_FORM.mode,
  namespace: about.get('namespace') ?? '',
  workload: about.get('workload') ?? '',
  project: about.get('project') ?? '',
})

const NEXT = {
  namespace: t`Name the namespace: the plan is shown before anything is done.`,
  workload: t`Choose a workload: the plan is shown before anything is done.`,
  port: t`Choose a port: the plan is shown before anything is done.`,
  project: t`Choose the project that is to work: the plan is shown before anything is done.`,
  image: t`Name the image of the dev container: the plan is shown before anything is done.`,
} as const
