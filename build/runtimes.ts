/** Bun's run-times, with which a compiled program carries itself. All are named, and known by their content, in the lockfile. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { arch, platform } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'

/** docker's name of a platform, Bun's, and npm's package. Those of x64 run on processors without AVX2 too. */
export const RUNTIMES = {
  'linux-amd64': ['bun-linux-x64-baseline', '@oven/bun-linux-x64-baseline'],
  'linux-arm64': ['bun-linux-arm64', '@oven/bun-linux-aarch64'],
  'darwin-amd64': ['bun-darwin-x64-baseline', '@oven/bun-darwin-x64-baseline'],
  'darwin-arm64': ['bun-darwin-arm64', '@oven/bun-darwin-aarch64'],
  'windows-amd64': ['bun-windows-x64-baseline', '@oven/bun-windows-x64-baseline'],
  'windows-arm64': ['bun-windows-arm64', '@oven/bun-windows-aarch64'],
} as const
export type Platform = keyof typeof RUNTIMES

export const platforms = Object.keys(RUNTIMES) as Platform[]
export const isWindows = (name: Platform): boolean => name.startsWith('windows')
const programOf = (name: Platform): string => (isWindows(name) ? 'bin/bun.exe' : 'bin/bun')

/** This computer's, in docker's words. */
export const ourArch = arch() === 'arm64' ? 'arm64' : 'amd64'

/** The one that npm has installed, which also compiles. */
export function ourRuntime(): string {
  const here = platforms.find(name => name === `${platform()}-${ourArch}`)
  if (here === undefined) throw new Error(`There is no run-time for ${platform()}.`)
  return installed(here)
}

const installed = (name: Platform): string => join('node_modules', RUNTIMES[name][1], programOf(name))

const DIRECTORY = 'dist/runtimes'

/** Path of a platform's run-time, got from the registry where npm has none here. Throws where it is not the lockfile's. */
export async function runtimeOf(name: Platform): Promise<string> {
  if (existsSync(installed(name))) return installed(name)
  const { version, integrity } = locked(RUNTIMES[name][1])
  const directory = join(DIRECTORY, `${name}-${version}`)
  const program = join(directory, programOf(name))
  if (!existsSync(program)) await fetchInto(directory, `${RUNTIMES[name][1]}@${version}`, integrity)
  return program
}

/** npm checks what it gets against what the registry says of it; the lockfile says whether that is still the same. */
async function fetchInto(directory: string, wanted: string, integrity: string): Promise<void> {
  const draft = `${directory}.draft`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  const { stdout } = await execa('npm', ['pack', wanted, '--json', '--pack-destination', draft])
  const [packed] = JSON.parse(stdout) as [{ filename: string; integrity: string }]
  if (packed.integrity !== integrity) throw new Error(`${wanted} is not what the lockfile has.`)
  const archive = join(draft, packed.filename)
  await execa('tar', ['-xzf', archive, '-C', draft, '--strip-components=1'])
  rmSync(archive)
  renameSync(draft, directory)
}

function locked(name: string): { readonly version: string; readonly integrity: string } {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version: string; integrity: string } | undefined>
  }
  const found = packages[`node_modules/${name}`]
  if (found === undefined) throw new Error(`The lockfile has no ${name}.`)
  return found
}
