/**
 * Checks .dependency-cruiser.mjs, and that it has looked: without a TypeScript that it understands
 * dependency-cruiser sees no module at all and finds no violation (sverweij/dependency-cruiser 18.7).
 */
import { globSync } from 'node:fs'
import { cruise, format, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'

const sources = globSync(
  '{language,workspace,compose,session,cli-plugin,docker-extension,build,test}/**/*.{ts,tsx}',
)
const options = await extractDepcruiseOptions('./.dependency-cruiser.mjs')
const { output: found } = await cruise(sources, options, undefined, {
  tsConfig: extractTSConfig('tsconfig.node.json'),
})
if (typeof found === 'string') throw new Error('dependency-cruiser gave a report where data was expected')

const { output: report, exitCode } = await format(found, { outputType: 'err-long' })
console.log(report)

const unseen = listUnseen(found)
if (unseen.length > 0 || sources.length === 0) {
  console.error(`The rules were not checked: ${unseen.length} of ${sources.length} modules were not seen.`)
}
process.exitCode = exitCode > 0 || unseen.length > 0 || sources.length === 0 ? 1 : 0

function listUnseen({ modules }: ICruiseResult): string[] {
  const seen = new Set(modules.map(({ source }) => source))
  return sources.filter(source => !seen.has(source))
}
