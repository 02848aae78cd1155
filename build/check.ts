/** Runs every check that needs no engine, all at once, and shows each as it ends. */
import { execa } from 'execa'

const checks = ['types', 'lint', 'rules', 'unused', 'texts', 'contract', 'test:fast']

const results = await Promise.all(checks.map(run))
process.exitCode = results.every(passed => passed) ? 0 : 1

async function run(name: string): Promise<boolean> {
  const { all, failed, durationMs } = await execa('npm', ['run', '--silent', name], {
    all: true,
    reject: false,
    env: process.stdout.isTTY ? { FORCE_COLOR: '1' } : {},
  })
  console.log(`${failed ? '✗' : '✓'} ${name} (${(durationMs / 1000).toFixed(1)} s)`)
  if (failed) console.log(`${all}\n`)
  return !failed
}
