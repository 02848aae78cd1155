import type { EnvironmentStatus } from '../../session/engine-status.ts'
import { useSurroundings } from '../home/home-context.ts'
import { type Place, placeWords } from './place.ts'
import { useAnswer } from './use-answer.ts'

/**
 * The words that name an environment of the engine, whichever is current by then; undefined until it is known whether it is
 * the page's own.
 */
export function usePlaceOf({ workspace, environment }: Pick<EnvironmentStatus, 'workspace' | 'environment'>) {
  const { place } = useSurroundings()
  const { answer, error } = useAnswer('choices', ['choices', ...placeWords(place)])
  if (answer === undefined && error === undefined) return undefined
  const isOwn = answer?.workspace === workspace && answer.environment === environment
  // Without KDE-cli labels name neither the directory nor the context; the page's own place does.
  const named: Place = isOwn && answer.isStandalone ? place : { workspace, environment }
  return { place: named, words: placeWords(named) }
}
