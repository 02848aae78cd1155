import { t } from '../../language/t.ts'
import type { Choices } from '../../session/choices.ts'
import { useSurroundings } from '../home/home-context.ts'
import { NameField } from './name-field.tsx'

interface Shown {
  readonly choices: Choices | undefined
  readonly onChosen?: () => void
}

/** Where all is done that says no other place. */
export function EnvironmentField({ choices, onChosen }: Shown) {
  const { place, setPlace } = useSurroundings()
  return (
    <NameField
      label={t`Environment`}
      value={place.environment ?? choices?.environment ?? ''}
      names={choices?.environments ?? []}
      choose={environment => {
        setPlace({ ...place, environment: environment || undefined })
        onChosen?.()
      }}
    />
  )
}
