import { defineCommand } from '../command.ts'
import { relayConnections } from '../edges/relay.ts'
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
  async run({ values }, { signals, sleep }) {
    await relayConnections(required(values.listen, 'listen'), required(values.to, 'to'), signals.abort, sleep)
    return 0
  },
})
