/**
 * Prints arguments for vitest that leave out the files that are not drawn this time: a whole run has to end within 40
 * minutes on two cores. `scripts/test --all` and who names a file leave out none.
 */
import { partOf } from './harness/random.ts'

/** What each shows is a field of its own. All other files hold what no run may be without. */
const IN_TURN = [
  'canaries',
  'connections',
  'cures',
  'engine-kinds',
  'environment',
  'environment-changes',
  'examples',
  'least-rights',
  'list',
  'live-mounts',
  'mounts',
  'needed-rights',
  'page-engine',
  'page-healing',
  'publish',
  'pull',
  'questions',
  'reach',
  'reconnect',
  'release',
  'remote-engine',
  'standalone',
  'taken',
  'uninstall',
  'upgrade',
  'workspaces',
]
const PLAYED = 5

const drawn = new Set(partOf(IN_TURN, PLAYED))
for (const file of IN_TURN) if (!drawn.has(file)) console.log(`--exclude=test/e2e/${file}.test.ts`)
