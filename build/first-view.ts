import { gzipSync } from 'node:zlib'
import type { Plugin, Rollup } from 'vite'

const MOST_BYTES = 250_000

/** Lets browsers fetch all that the first view takes at once, and fails where that has become too much. */
export const firstView = (entry: string, view: string): Plugin => ({
  name: 'first-view',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const chunks = Object.values(bundle).filter(output => output.type === 'chunk')
      const first = filesOf(entry, chunks)
      const later = filesOf(view, chunks).filter(file => !first.includes(file))
      assertSmall(chunks.filter(({ fileName }) => [...first, ...later].includes(fileName)))
      return later.map(file => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
        injectTo: 'head',
      }))
    },
  },
})

/** A chunk's file, and those that it imports. */
function filesOf(name: string, chunks: readonly Rollup.OutputChunk[]): readonly string[] {
  const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/${name}`))
  if (chunk === undefined) throw new Error(`no chunk for ${name}`)
  return [chunk.fileName, ...chunk.imports]
}

function assertSmall(chunks: readonly Rollup.OutputChunk[]): void {
  const bytes = chunks.reduce((sum, { code }) => sum + gzipSync(code).length, 0)
  if (bytes > MOST_BYTES)
    throw new Error(`The first view takes ${bytes} bytes in gzip; ${MOST_BYTES} is the most.`)
}
