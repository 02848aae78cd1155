import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import { defineCommand } from '../command.ts'
import { serve } from '../ui/serve.ts'
import { serveUntilEnd } from '../ui/serve-until-end.ts'

export const ui = defineCommand({
  name: 'ui',
  summary: t`Show and do all of this in a page of your browser`,
  usage: '[OPTIONS]',
  description: [
    t`Serves the page to this computer alone, prints its address and opens it, until Ctrl-C.`,
    t`The address opens it once. Who has it may do what you may do, so give it to nobody.`,
    t`What the page attaches stays when it, or this command, ends.`,
  ].join('\n'),
  options: {
    'no-open': { type: 'boolean', summary: t`Print the address only` },
    port: { type: 'string', value: 'PORT', summary: t`Port to serve at (default: a free one)` },
  },
  async run({ values }, edges) {
    const port = portOf(values.port)
    const page = edges.readPage()
    if (page === undefined)
      throw new KdeTpError('PAGE_MISSING', t`This program was built without its page.`, {
        hint: t`Build both, with: npm run build`,
      })
    const served = await serve(port, page, edges)
    edges.emit({
      type: 'remark',
      message: t`The page is at this address, which opens it once. Ctrl-C ends it.`,
    })
    edges.print(`${served.url}\n`)
    if (values['no-open'] !== true) edges.openBrowser(served.url)
    return serveUntilEnd(served, edges)
  },
})

/** Throws PORT_UNUSABLE. */
function portOf(typed: string | undefined): number {
  if (typed === undefined) return 0
  const port = /^\d{1,5}$/.test(typed) ? Number(typed) : 0
  if (port > 0 && port <= 65_535) return port
  throw new KdeTpError('PORT_UNUSABLE', t`--port "${typed}" is not a number from 1 to 65535.`)
}
