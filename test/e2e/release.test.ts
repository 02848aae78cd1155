import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import manifest from '../../package.json' with { type: 'json' }
import { docker } from './harness/engine.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const OURS = process.arch === 'arm64' ? 'arm64' : 'amd64'
const IMAGE = `ghcr.io/kde-tp/extension:${manifest.version}-${OURS}`

/** As Docker's documentation of metadata.json has it. */
const Paths = z.array(z.strictObject({ path: z.string().check(z.startsWith('/')) }))
const Metadata = z.strictObject({
  icon: z.string(),
  ui: z.strictObject({
    'dashboard-tab': z.strictObject({ title: z.string(), root: z.string(), src: z.string() }),
  }),
  host: z.strictObject({
    binaries: z.array(z.strictObject({ linux: Paths, darwin: Paths, windows: Paths })),
  }),
})

/** What `docker extension validate` asks for. */
const LABELS = [
  'org.opencontainers.image.title',
  'org.opencontainers.image.description',
  'org.opencontainers.image.vendor',
  'com.docker.desktop.extension.api.version',
  'com.docker.desktop.extension.icon',
  'com.docker.extension.screenshots',
  'com.docker.extension.detailed-description',
  'com.docker.extension.publisher-url',
  'com.docker.extension.changelog',
]
/** With which a program of each system begins. */
const BEGINNINGS = {
  linux: ['7f454c46'],
  darwin: ['cffaedfe'],
  windows: ['4d5a9000', '4d5a7800'],
}

describe('what a release would publish', () => {
  beforeAll(() => execa('npm', ['run', 'release:dry'], { cwd: ROOT }), 600_000)

  test('the image has what Docker Desktop looks for, and each file that it names', async () => {
    const metadata = Metadata.parse(JSON.parse(await inImage('cat', '/metadata.json')))
    const tab = metadata.ui['dashboard-tab']
    expect(await inImage('cat', `${tab.root}/${tab.src}`)).toContain('<script type="module"')
    expect(await inImage('cat', `/${metadata.icon}`)).toContain('<svg')
    const [binaries] = metadata.host.binaries
    for (const [system, beginnings] of Object.entries(BEGINNINGS)) {
      const [{ path } = { path: '' }, ...others] = binaries?.[system as keyof typeof BEGINNINGS] ?? []
      expect(others).toEqual([])
      expect(beginnings).toContain(await inImage('od', '-An', '-tx1', '-N4', path))
    }
    expect(await inImage('kde-tp', '--version')).toContain(manifest.version)
  })

  test('the image has the labels that are asked for, with JSON where JSON is to be', async () => {
    const text = await docker(['image', 'inspect', '--format', '{{json .Config.Labels}}', IMAGE])
    const labels = JSON.parse(text) as Record<string, string>
    for (const label of LABELS) expect(labels[label], label).toBeTruthy()
    for (const label of ['screenshots', 'additional-urls'])
      expect(JSON.parse(labels[`com.docker.extension.${label}`] ?? '')).toBeInstanceOf(Array)
  })

  test('the programs of all platforms are there, and are those of the checksums', async () => {
    const dist = join(ROOT, 'dist')
    const { stdout } = await execa('sha256sum', ['--check', 'SHA256SUMS'], { cwd: dist })
    expect(stdout.split('\n').toSorted()).toEqual([
      'darwin-amd64/kde-tp: OK',
      'darwin-arm64/kde-tp: OK',
      'linux-amd64/kde-tp: OK',
      'linux-arm64/kde-tp: OK',
      'windows-amd64/kde-tp.exe: OK',
      'windows-arm64/kde-tp.exe: OK',
    ])
    const materials = JSON.parse(readFileSync(join(dist, 'sbom.cdx.json'), 'utf8')) as {
      components: { name: string }[]
    }
    expect(materials.components.map(({ name }) => name)).toEqual(
      expect.arrayContaining(Object.keys(manifest.dependencies)),
    )
  })
})

const inImage = async (program: string, ...args: readonly string[]): Promise<string> => {
  const words = ['run', '--rm', '--network', 'none', '--entrypoint', program, IMAGE, ...args]
  const said = await docker(words)
  return program === 'od' ? said.replaceAll(/\s/g, '') : said
}
