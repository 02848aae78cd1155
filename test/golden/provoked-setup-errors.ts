import type { Edges } from '../../cli-plugin/command.ts'
import { setup } from '../../cli-plugin/commands/setup.ts'
import type { Installation } from '../../cli-plugin/edges/installation.ts'
import { fakeEdges } from '../fakes/edges.ts'

/** A computer on which docker is there, and our own plugin is not. */
const computer: Partial<Installation> = {
  platform: 'linux',
  program: '/tmp/kde-tp',
  isWritable: () => true,
  isProgram: path => path === '/usr/bin/docker',
  exists: path => path === '/usr/bin/docker',
  isSameFile: () => false,
  linkTarget: () => undefined,
  loginPath: async () => undefined,
  metadata: async () => '',
}

const setUp = (differing: Partial<Installation>): (() => unknown) => {
  const installation = { ...computer, ...differing } as Installation
  const edges: Edges = fakeEdges({ installation, environment: { PATH: '/usr/bin' } })
  return () =>
    setup.run(
      { values: { remove: undefined, 'dry-run': undefined }, positionals: [], command: undefined },
      edges,
    )
}

const full = () => {
  throw new Error('ENOSPC: no space left on device')
}

export const setupErrors: readonly (() => unknown)[] = [
  setUp({ platform: 'win32' }),
  setUp({ program: undefined }),
  setUp({ exists: path => path.endsWith('docker-kdetp') }),
  setUp({ isProgram: () => false }),
  setUp({ copy: full }),
]
