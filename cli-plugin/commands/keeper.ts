import { defineCommand } from '../command.ts'
import { keep } from '../keeper/keep.ts'
import { keptOptions, toKeptContainers } from '../keeper/options.ts'
import type { Kept } from '../keeper/remove.ts'
import { required } from '../required.ts'

export const keeper = defineCommand({
  name: 'keeper',
  summary: 'Take away what nobody uses any longer (the main process of the keeper)',
  usage: '--name NAME --workspace PATH --environment NAME --image IMAGE --files PATH --user UID:GID',
  hidden: true,
  options: {
    ...keptOptions,
    image: { type: 'string', value: 'string', summary: 'Its own image' },
    files: { type: 'string', value: 'string', summary: "Where the environment's files of ours lie" },
    user: { type: 'string', value: 'UID:GID', summary: 'Whose these files are' },
  },
  async run({ values }, edges) {
    const kept: Kept = {
      ...toKeptContainers(values),
      image: required(values.image, 'image'),
      filesDirectory: required(values.files, 'files'),
      user: required(values.user, 'user'),
    }
    await keep(kept, edges)
    return 0
  },
})
