import type { Options, Typed } from '../command.ts'

export const attachOptions = {
  agent: { type: 'string', value: 'node|sidecar', summary: 'Agent in the cluster (default "sidecar")' },
  'also-proxy': {
    type: 'string',
    multiple: true,
    value: 'CIDR',
    summary: 'Also reach this network through the cluster',
  },
  detach: { type: 'boolean', short: 'd', summary: 'Leave the dev container running in the background' },
  'dry-run': { type: 'boolean', summary: 'Print the plan and change nothing' },
  env: {
    type: 'string',
    short: 'e',
    multiple: true,
    value: 'NAME=VALUE',
    summary: 'Set a variable in the dev container',
  },
  environment: {
    type: 'string',
    value: 'string',
    summary: 'Environment of the workspace (default: the current one)',
  },
  format: { type: 'string', value: 'human|json', summary: 'Format of the output (default "human")' },
  image: {
    type: 'string',
    value: 'string',
    summary: "Image of the dev container instead of the project's DEVELOP_IMAGE",
  },
  'install-traffic-manager': {
    type: 'boolean',
    summary: 'Install the traffic-manager where the cluster has none',
  },
  port: {
    type: 'string',
    short: 'p',
    multiple: true,
    value: 'LOCAL:REMOTE',
    summary: "Local port for a service port's name or number",
  },
  project: { type: 'string', value: 'string', summary: 'Project whose dev container is opened' },
  workspace: {
    type: 'string',
    value: 'string',
    summary: 'Directory of the workspace (default: found from here upwards)',
  },
  yes: { type: 'boolean', short: 'y', summary: 'Answer yes to every question' },
} as const satisfies Options

export type AttachTyped = Typed<typeof attachOptions>
