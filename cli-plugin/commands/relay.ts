import { defineCommand } from '../command.ts'
import { required } from '../required.ts'

export const relay = defineCommand({
  name: 'relay',
  summary: 'Lead connections on (the main process of a relay, a publisher and an inlet)',
  usage: '--listen ADDRESS --to ADDRESS',
  hidden: true,
  options: {
    listen: { type: 'string', value: 'HOST:PORT|PATH', summary: 'Where connections come in' },
    to: { type: 'string', value: 'HOST:PORT|PATH', summary: 'Where they are led' },
  },
  async run({ values }, edges) {
    await edges.relay(required(values.listen, 'listen'), required(values.to, 'to'), edges.signals.abort)
    return 0
  },
})
