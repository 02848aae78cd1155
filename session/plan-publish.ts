import { t } from '../language/t.ts'
import type { Step } from './attach-step.ts'
import { KdeTpError } from './errors.ts'
import { isRunning, type Observed } from './observed.ts'
import { type Publication, publicationText, wantsSamePort } from './publication.ts'

/** What is wished for a dev container and is not there yet. Throws PORT_TAKEN where another one has a port of the host. */
export function lackingPublications(
  wished: readonly Publication[],
  devContainer: string,
  { containers }: Observed,
): readonly Publication[] {
  return wished.filter(publication => {
    const other = containers.find(
      container =>
        isRunning(container) &&
        container.published !== undefined &&
        wantsSamePort(container.published, publication),
    )
    if (other?.published === undefined) return true
    const isThis = publicationText(other.published) === publicationText(publication)
    if (isThis && other.devContainer === devContainer) return false
    throw portTaken(publication, other.devContainer ?? other.name)
  })
}

/** What it does, in the words that `--dry-run` shows. */
export const publishStep = (publications: readonly Publication[]): Step => ({
  kind: 'publish',
  name: t`Publish ${publications.map(publicationText).join(', ')}`,
  because: t`this computer is to reach it`,
  publications,
})

const portTaken = (publication: Publication, holder: string): KdeTpError =>
  new KdeTpError('PORT_TAKEN', t`${holder} has port ${publication.hostPort} of the host already.`, {
    hint: nameAnother(publication),
  })

/** Of a port that something has which is not ours. `detail` is what docker said. */
export const hostPortTaken = (publications: readonly Publication[], detail: string): KdeTpError =>
  new KdeTpError(
    'PORT_TAKEN',
    t`Something else has one of these ports of the host: ${publications.map(({ hostPort }) => hostPort).join(', ')}.`,
    { detail, ...(publications[0] !== undefined && { hint: nameAnother(publications[0]) }) },
  )

const nameAnother = ({ hostPort, port }: Publication): string =>
  t`Name another port of the host, as ${hostPort + 1}:${port}.`
