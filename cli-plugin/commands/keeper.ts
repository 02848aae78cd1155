import { defineCommand } from '../command.ts'
import { keep } from '../keeper/keep.ts'
import type { Kept } from '../keeper/remove.ts'
import { required } from '../required.ts'

export const keeper = defineCommand({
  name: 'keeper',
  summary: 'Take away what nobody uses any longer (the main process of the keeper)',
  usage: '--name NAME --workspace PATH --environment NAME --image IMAGE --files PATH --user UID:GID',
  hidden: true,
  options: {
    name: { type: 'string', value: 'string', summary: "The keeper's own container" },
    workspace: { type: 'string', value: 'string', summary: 'Workspace whose containers it keeps' },
    environment: { type: 'string', value: 'string', summary: 'Environment whose containers it keeps' },
    image: { type: 'string', value: 'string', summary: 'Its own image' },
    files: { type: 'string', value: 'string', summary: "Where the environment's files of ours lie" },
    user: { type: 'string', value: 'UID:GID', summary: 'Whose these files are' },
  },
  async run({ values }, edges) {
    const kept: Kept = {
      name: required(values.name, 'name'),
      workspacePath: required(values.workspace, 'workspace'),
      environment: required(values.environment, 'environment'),
      image: required(values.image, 'image'),
      filesDirectory: required(values.files, 'files'),
      user: required(values.user, 'user'),
    }
    await keep(kept, edges)
    return 0
  },
})
