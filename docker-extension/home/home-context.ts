import { createContext, use } from 'react'
import type { Language } from '../../language/choose-language.ts'
import type { Place } from '../run/place.ts'
import type { Home } from './home.ts'

/** What every view may use. */
export interface Surroundings {
  readonly home: Home
  readonly language: Language
  /** Where commands work, unless they are about something that says itself where it is. */
  readonly place: Place
  setPlace(place: Place): void
}

export const SurroundingsContext = createContext<Surroundings | undefined>(undefined)

export function useSurroundings(): Surroundings {
  const surroundings = use(SurroundingsContext)
  if (surroundings === undefined) throw new Error('outside of SurroundingsContext')
  return surroundings
}
