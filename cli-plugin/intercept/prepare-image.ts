import { lookIntoImage, readImage } from '../../session/commands/docker.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Project } from '../../workspace/project.ts'
import type { Edges, Person } from '../command.ts'
import { requireImage } from './check-engine.ts'
import type { DevImage } from './order.ts'

/** The dev container's image, there and looked into. Throws IMAGE_MISSING, NO_BASH or WORKSPACE_INVALID. */
export async function prepareImage(project: Project, typed: string | undefined, edges: Edges): Promise<DevImage> {
  const name = typed ?? project.developImage
  if (name === undefined || name === '') {
    throw new KdeTpError('WORKSPACE_INVALID', `Project "${project.name}" names no DEVELOP_IMAGE.`, {
      hint: `Write DEVELOP_IMAGE=… into ${project.path}/project.env, or give --image.`,
    })
  }
  await requireImage(name, `The image of project "${project.name}",`, edges)
  const [facts, inside] = await Promise.all([edges.docker(readImage(name)), edges.docker(lookIntoImage(name, homeOf(edges.person)))])
  if (!inside.bash) {
    throw new KdeTpError('NO_BASH', `The image ${name} has no bash, which opens the dev container.`, {
      hint: 'Add bash to the image, or name another one with --image.',
    })
  }
  return { name, entrypoint: facts?.entrypoint ?? [], hasHome: inside.directory }
}

/** KDE-cli's home of a person in every dev container. */
export const homeOf = ({ name, userId }: Person): string => (userId === 0 ? '/root' : `/home/${name}`)
