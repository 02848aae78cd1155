import type { Found } from '../../parts/attached-place.ts'
import type { Place } from '../../run/place.ts'

/** What a panel is about. */
export interface AboutAttached extends Found {
  readonly workload: string
  /** Of the environment, for each command. */
  readonly placeWords: readonly string[]
  readonly place: Place
}
