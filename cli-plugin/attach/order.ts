import type { ImageFacts } from '../../session/commands/images.ts'
import type { Observed } from '../../session/observed.ts'
import type { AttachWish } from '../../session/wish.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Project } from '../../workspace/project.ts'
import type { CheckedEngine } from '../surroundings/check-engine.ts'
import type { Reach } from '../surroundings/reach.ts'
import type { CheckedOptions } from './check-options.ts'
import type { Target } from './choose-target.ts'

/** The image of a dev container, looked into. */
export interface DevImage extends ImageFacts {
  readonly name: string
  /** Whether it has the person's home directory. */
  readonly hasHome: boolean
}

/** One call of `intercept`, with nothing left to ask: what to do, and all that was read for it. */
export interface AttachOrder {
  readonly wish: AttachWish
  readonly environment: Environment
  readonly project: Project
  readonly image: DevImage
  readonly engine: CheckedEngine
  readonly reach: Reach
  readonly target: Target
  /** What was there at the end of all questions. */
  readonly observed: Observed
  readonly options: CheckedOptions
  /** Instead of a shell. */
  readonly command: readonly string[] | undefined
}
