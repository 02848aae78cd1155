import { t } from '../../language/t.ts'
import { type ImageFacts, type ImageInside, lookIntoImage } from '../../session/commands/images.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Project } from '../../workspace/project.ts'
import { cacheDirectory, keepInCache } from '../cache.ts'
import type { Edges } from '../command.ts'
import type { Person } from '../edges/person.ts'
import { requireImage } from '../surroundings/check-engine.ts'
import type { DevImage } from './order.ts'

/** The dev container's image, there and looked into. Throws IMAGE_UNNAMED, IMAGE_MISSING or NO_BASH. */
export async function prepareImage(
  project: Project,
  typed: string | undefined,
  edges: Edges,
): Promise<DevImage> {
  const name = typed ?? project.developImage
  if (name === undefined || name === '') {
    throw new KdeTpError('IMAGE_UNNAMED', t`Project "${project.name}" names no DEVELOP_IMAGE.`, {
      hint: t`Write DEVELOP_IMAGE=… into ${project.path}/project.env, or give --image.`,
    })
  }
  const facts = await requireImage(name, t`The image of project "${project.name}",`, edges)
  const inside = await lookInside(name, facts, edges)
  if (!inside.bash) {
    throw new KdeTpError('NO_BASH', t`The image ${name} has no bash, which opens the dev container.`, {
      hint: t`Add bash to the image, or name another one with --image.`,
    })
  }
  return { name, ...facts, hasHome: inside.directory }
}

/** KDE-cli's home of a person in every dev container. */
export const homeOf = ({ name, userId }: Person): string => (userId === 0 ? '/root' : `/home/${name}`)

/** A look takes half a second, and an image of one id never changes, so the answer is kept for the next call. */
async function lookInside(name: string, { id }: ImageFacts, edges: Edges): Promise<ImageInside> {
  const { docker, files, person } = edges
  const home = homeOf(person)
  const path = `${cacheDirectory(edges)}/images/${id.replace(/^sha256:/, '')}${home.replaceAll('/', '-')}.json`
  const kept = files.readText(path)
  if (kept !== undefined) return JSON.parse(kept) as ImageInside
  const inside = await docker(lookIntoImage(name, home))
  // What has no bash may be an engine that could not run it just now.
  if (inside.bash) keepInCache(path, inside, edges)
  return inside
}
