import { Stack, TextField } from '@mui/material'
import { useState } from 'react'
import { t } from '../../../language/t.ts'
import type { Choices } from '../../../session/choices.ts'
import { useSurroundings } from '../../home/home-context.ts'
import { EnvironmentField } from '../../parts/environment-field.tsx'
import { NameField } from '../../parts/name-field.tsx'
import type { AttachForm } from '../../run/attach-words.ts'
import { placeWords } from '../../run/place.ts'
import { useAnswer } from '../../run/use-answer.ts'

interface Shown {
  readonly choices: Choices | undefined
  readonly form: AttachForm
  readonly change: (part: Partial<AttachForm>) => void
}

/** Where: workspace, environment, namespace, and the project that works there. */
export function PlacePanel({ choices, form, change }: Shown) {
  const { place } = useSurroundings()
  const hasEnvironment = choices?.environment !== undefined
  const { answer } = useAnswer(
    'choices',
    hasEnvironment ? ['choices', '--namespaces', ...placeWords(place)] : undefined,
  )
  return (
    <Stack direction="row" useFlexGap spacing={1.5} sx={{ flexWrap: 'wrap', '& > *': { flex: '1 1 220px' } }}>
      <WorkspaceField found={choices?.workspace} />
      <EnvironmentField
        choices={choices}
        onChosen={() => change({ namespace: '', workload: '', ports: [] })}
      />
      <NameField
        label={t`Namespace`}
        value={form.namespace}
        names={answer?.namespaces ?? []}
        choose={namespace => change({ namespace, workload: '', ports: [] })}
      />
      {choices?.isStandalone === false && (
        <NameField
          label={t`Project`}
          value={form.project}
          names={choices.projects}
          choose={project => change({ project })}
        />
      )}
      {choices?.isStandalone === true && (
        <TextField
          label={t`Image of the dev container`}
          value={form.image}
          onChange={({ target }) => change({ image: target.value })}
        />
      )}
    </Stack>
  )
}

/** Taken over when it is left, since each letter would be another directory. */
function WorkspaceField({ found = '' }: { readonly found: string | undefined }) {
  const { place, setPlace } = useSurroundings()
  const [typed, setTyped] = useState<string>()
  const take = (): void => {
    if (typed !== undefined && typed !== (place.workspace ?? ''))
      setPlace({ workspace: typed || undefined, environment: undefined })
    setTyped(undefined)
  }
  return (
    <TextField
      label={t`Workspace`}
      value={typed ?? place.workspace ?? ''}
      placeholder={found}
      slotProps={{ inputLabel: { shrink: true } }}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={take}
      onKeyDown={({ key }) => key === 'Enter' && take()}
    />
  )
}
