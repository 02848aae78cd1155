/**
 * Builds the program: dist/kde-tp.cjs for a plain Node, and dist/<os>-<arch>/kde-tp with its own run-time, for this
 * computer and the containers on it or, with --all, for every platform that we publish. Each carries the page in it.
 */
import { chmodSync, existsSync, statSync } from 'node:fs'
import { platform } from 'node:os'
import { build } from 'esbuild'
import { execa } from 'execa'
import { packed } from '../cli-plugin/edges/page.ts'
import manifest from '../package.json' with { type: 'json' }
import { isWindows, ourArch, ourRuntime, type Platform, platforms, RUNTIMES, runtimeOf } from './runtimes.ts'

const BUNDLE = 'dist/kde-tp.cjs'
const PAGE = 'dist/ui'

const here = platforms.filter(name => name === `linux-${ourArch}` || name === `${platform()}-${ourArch}`)

if (existsSync('docker-extension')) await buildPage()
await bundle()
for (const each of process.argv.includes('--all') ? platforms : here) await compile(each)

/** For itself it is what Docker Desktop shows. */
async function buildPage(): Promise<void> {
  await execa('vite', ['build', 'docker-extension', '--logLevel', 'warn'], {
    preferLocal: true,
    stdio: 'inherit',
  })
  report(`${PAGE}/index.html`)
}

/** One file in which a module runs when it is first imported, so that answering docker's metadata loads nothing else. */
async function bundle(): Promise<void> {
  const page = packed(PAGE)
  await build({
    entryPoints: ['cli-plugin/main.ts'],
    outfile: BUNDLE,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minifySyntax: true,
    banner: { js: '#!/usr/bin/env node' },
    define: {
      KDE_TP_VERSION: JSON.stringify(manifest.version),
      ...(page !== undefined && { KDE_TP_BUILT_PAGE: JSON.stringify(page) }),
    },
    logLevel: 'warning',
  })
  chmodSync(BUNDLE, 0o755)
  report(BUNDLE)
}

async function compile(name: Platform): Promise<void> {
  const outfile = `dist/${name}/kde-tp${isWindows(name) ? '.exe' : ''}`
  await execa(ourRuntime(), [
    ...['build', BUNDLE, '--compile', `--target=${RUNTIMES[name][0]}`, `--outfile=${outfile}`],
    `--compile-executable-path=${await runtimeOf(name)}`,
    ...['--minify', '--bytecode', '--format=cjs'],
    // The program would otherwise run what a .env or bunfig.toml in the current directory tells it to.
    ...['--no-compile-autoload-dotenv', '--no-compile-autoload-bunfig'],
  ])
  report(outfile)
}

function report(path: string): void {
  console.log(`${path} (${(statSync(path).size / 1e6).toFixed(1)} MB)`)
}
