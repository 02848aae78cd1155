/**
 * npm run release:dry: all that a release would publish, and none of it published: the program for each platform, the
 * images, checksums and a bill of materials, in dist. Says what this computer's builder could not make.
 */
import { createHash } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { execa } from 'execa'
import manifest from '../package.json' with { type: 'json' }
import { isWindows, ourArch, type Platform, platforms } from './runtimes.ts'

const ARCHITECTURES = ['amd64', 'arm64']
const IMAGES = { runtime: 'ghcr.io/kde-tp/runtime', extension: 'ghcr.io/kde-tp/extension' } as const
/** In millions of bytes; docs/extension.md tells it. */
const LARGEST = { program: 130, extension: 750 }

await execa('node', ['build/program.ts', '--all'], { stdio: 'inherit' })
for (const name of platforms) keepSmall(pathOf(name), statSync(pathOf(name)).size, LARGEST.program)
for (const architecture of ARCHITECTURES) await buildImages(architecture)
await writeChecksums()
await writeMaterials()

function pathOf(name: Platform): string {
  return `dist/${name}/kde-tp${isWindows(name) ? '.exe' : ''}`
}

/** For another architecture a builder needs its base images, and something that runs its programs. */
async function buildImages(architecture: string): Promise<void> {
  for (const [target, name] of Object.entries(IMAGES)) {
    const tag = `${name}:${manifest.version}-${architecture}`
    const words = ['--platform', `linux/${architecture}`, '--target', target, '--tag', tag, '.']
    const { exitCode, stderr } = await execa('docker', ['build', '--quiet', ...words], { reject: false })
    if (exitCode === 0) await tellImage(tag)
    else if (architecture === ourArch) throw new Error(stderr)
    else console.log(`${tag}: not built here: ${lastLine(stderr)}`)
  }
}

async function tellImage(tag: string): Promise<void> {
  const { stdout } = await execa('docker', ['image', 'inspect', '--format', '{{.Size}}', tag])
  keepSmall(tag, Number(stdout), LARGEST.extension)
  console.log(`${tag} (${(Number(stdout) / 1e6).toFixed(0)} MB)`)
}

function keepSmall(what: string, bytes: number, most: number): void {
  if (bytes > most * 1e6) throw new Error(`${what} has ${(bytes / 1e6).toFixed(0)} MB, ${most} at the most.`)
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

async function writeChecksums(): Promise<void> {
  const lines = platforms.map(name => `${digestOf(pathOf(name))}  ${pathOf(name).replace('dist/', '')}\n`)
  writeFileSync('dist/SHA256SUMS', lines.join(''))
  console.log('dist/SHA256SUMS')
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** Also of what only builds it: npm, asked to leave that out, leaves out what both need (11.19). */
async function writeMaterials(): Promise<void> {
  const words = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx']
  const { stdout } = await execa('npm', words)
  writeFileSync('dist/sbom.cdx.json', `${stdout}\n`)
  console.log('dist/sbom.cdx.json')
}
