import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { docker } from './harness/engine.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const PREFIX = `kde-tp-test/${randomBytes(3).toString('hex')}`
const made: string[] = []

afterAll(() => docker(['rmi', '--force', ...made]))

test.for([
  ['is linked statically', 'static'],
  ['needs the loader that comes with it', 'with-loader'],
] as const)('the runtime image is built with a client that %s, and runs it', async ([, form]) => {
  const client = await build(`client-${form}`, join(ROOT, 'test/e2e/runtime-image'), ['--target', form])

  const runtime = await build(`runtime-${form}`, ROOT, [
    '--target',
    'runtime',
    '--build-arg',
    `TELEPRESENCE_IMAGE=${client}`,
  ])

  expect(await inImage(runtime, ['/usr/local/lib/kde-tp/telepresence'])).toBe('the client runs')
  expect(await inImage(runtime, ['kde-tp', '--version'])).toMatch(/\d+\.\d+\.\d+/)
})

async function build(name: string, context: string, options: readonly string[]): Promise<string> {
  const image = `${PREFIX}-${name}`
  made.push(image)
  await docker(['build', '--quiet', '--tag', image, ...options, context])
  return image
}

const inImage = (image: string, [program = '', ...args]: readonly string[]): Promise<string> =>
  docker(['run', '--rm', '--network', 'none', '--entrypoint', program, image, ...args])
