import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { type Scenario, within } from './harness/scenario.ts'

const values = {
  PLAIN: 'hello',
  BLANKS: '  two  words ',
  QUOTES: `it's "so" \\`,
  DOLLARS: 'a$b ${c} `id` $',
  LINES: 'one\ntwo\n',
}
const workloads = [{ name: 'api', env: Object.entries(values).map(([name, value]) => ({ name, value })) }]

test(
  'each format of the copied variables is read by its tool, byte for byte (S-59, S-60, S-65)',
  within({ workloads }, async scenario => {
    const { person, intercept, directory } = scenario
    expect((await person.run(intercept({ command: ['true'] }))).exitCode).toBe(0)
    const hidden = await print(scenario)
    expect(hidden).not.toContain('hello')
    expect(JSON.parse(await print(scenario, '--output', 'json', '--reveal'))).toMatchObject(values)

    const { LINES: _, ...carried } = values
    const file = join(directory, 'variables')
    writeFileSync(file, await print(scenario, '--reveal'))
    const run = ['run', '--rm', '--env-file', file, '--entrypoint', 'env', 'kde-tp-sandbox/dev:1', '-0']
    expect(toVariables((await execa('docker', run)).stdout)).toMatchObject(carried)

    writeFileSync(file, await print(scenario, '--output', 'sh', '--reveal'))
    const script = 'source "$1"; exec env -0'
    expect(toVariables((await execa('bash', ['-c', script, 'bash', file])).stdout)).toMatchObject(values)

    const base = `${file}.base.yaml`
    writeFileSync(base, 'services: {api: {image: kde-tp-sandbox/dev:1}}\n')
    writeFileSync(`${file}.yaml`, await print(scenario, '--output', 'compose', '--reveal'))
    const files = ['--file', base, '--file', `${file}.yaml`]
    const config = await execa('docker', ['compose', ...files, 'config', '--format', 'json'])
    const { environment } = JSON.parse(config.stdout).services.api
    const undoubled = Object.entries<string>(environment).map(([name, value]) => [
      name,
      value.replaceAll('$$', '$'),
    ])
    expect(Object.fromEntries(undoubled)).toMatchObject(values)
  }),
)

async function print(
  { person, namespace, workspace }: Scenario,
  ...words: readonly string[]
): Promise<string> {
  const call = ['kde-tp', 'env', namespace, 'api', '--workspace', workspace.path, ...words]
  const { exitCode, stdout, stderr } = await person.run(call)
  expect(exitCode, stderr).toBe(0)
  return stdout
}

/** Of what `env -0` prints. */
const toVariables = (output: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    output.split('\0').map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
