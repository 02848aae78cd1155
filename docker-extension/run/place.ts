import type { Choices } from '../../session/choices.ts'

/** The environment that commands are about. What is undefined is found by the command itself. */
export interface Place {
  readonly workspace: string | undefined
  readonly environment: string | undefined
}

export const placeWords = ({ workspace, environment }: Place): readonly string[] => [
  ...(workspace === undefined ? [] : ['--workspace', workspace]),
  ...(environment === undefined ? [] : ['--environment', environment]),
]

/** What is planned in the current environment is done there too, whichever is current by then. */
export function plannedPlace(place: Place, choices: Choices | undefined): Place {
  if (choices === undefined || choices.isStandalone) return place
  return { ...place, environment: place.environment ?? choices.environment }
}

const KEPT = 'kde-tp.place'

/** What was chosen last in this browser. */
export function keptPlace(): Place {
  try {
    const { workspace, environment } = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Place>
    return { workspace, environment }
  } catch {
    return { workspace: undefined, environment: undefined }
  }
}

export const keepPlace = (place: Place): void => localStorage.setItem(KEPT, JSON.stringify(place))
