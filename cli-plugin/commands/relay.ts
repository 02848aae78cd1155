import { defineCommand } from '../command.ts'
import { required } from '../required.ts'

export const relay = defineCommand({
  name: 'relay',
  summary: "Lead connections on to the host's loopback (the main process of a relay)",
  usage: '--listen ADDRESS:PORT --to ADDRESS:PORT',
  hidden: true,
  options: {
    listen: { type: 'string', value: 'ADDRESS:PORT', summary: 'Where connections come in' },
    to: { type: 'string', value: 'ADDRESS:PORT', summary: 'Where they are led' },
  },
  async run({ values }, edges) {
    await edges.relay(required(values.listen, 'listen'), required(values.to, 'to'), edges.signals.abort)
    return 0
  },
})
