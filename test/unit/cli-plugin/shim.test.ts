import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, test } from 'vitest'
import { parseInvocation } from '../../../cli-plugin/invocation.ts'
import { SHIM, SHIM_SCRIPT, shimScript } from '../../../cli-plugin/shim/shim.ts'

const root = mkdtempSync(join(tmpdir(), 'kde-tp-shim-'))
afterAll(() => rmSync(root, { recursive: true }))

const shims = directory('shims')
const otherShims = directory('other shims')
const real = directory('real')
installShim(shims)
installShim(otherShims)
installDocker(real, 'real')
const wrapper = directory('wrapper')
installDocker(wrapper, 'wrapper')

const shells = ['/bin/sh', '/bin/dash', '/bin/bash', '/bin/busybox'].filter(shell => existsSync(shell))

describe.for(shells)('with %s', shell => {
  test.for([
    [['kde-tp'], ['kdetp']],
    [
      ['kde-tp', 'intercept', 'kde-tp', '-p', '80:80'],
      ['kdetp', 'intercept', 'kde-tp', '-p', '80:80'],
    ],
    [
      ['--context', 'default', '-D', 'kde-tp', 'look'],
      ['--context', 'default', '-D', 'kdetp', 'look'],
    ],
    [
      ['-Dc', 'kde-tp', '--config=x', '-Hunix:///y', 'kde-tp'],
      ['-Dc', 'kde-tp', '--config=x', '-Hunix:///y', 'kdetp'],
    ],
    [
      ['help', 'kde-tp', 'intercept'],
      ['help', 'kdetp', 'intercept'],
    ],
    [
      ['--help', 'kde-tp'],
      ['--help', 'kdetp'],
    ],
    [
      ['--', 'kde-tp'],
      ['--', 'kdetp'],
    ],
    [
      ['__complete', 'kde-tp', ''],
      ['__complete', 'kdetp', ''],
    ],
    [
      ['__complete', '--context', 'x', 'kde-tp', 'in'],
      ['__complete', '--context', 'x', 'kdetp', 'in'],
    ],
    [
      ['kde-tp', '', 'two words', 'two\nlines', '*', '$HOME', "'", '\\', '-n'],
      ['kdetp', '', 'two words', 'two\nlines', '*', '$HOME', "'", '\\', '-n'],
    ],
  ] as const)('%j becomes %j', ([typed, expected], { expect }) => {
    expect(run(shell, typed).argv).toEqual(['real', ...expected])
  })

  test.for([
    [],
    [''],
    ['', 'kde-tp'],
    ['-', 'kde-tp'],
    ['run', 'kde-tp'],
    ['run', '--rm', 'image', 'kde-tp', 'x'],
    ['--context', 'kde-tp', 'ps'],
    ['--host', 'kde-tp'],
    ['-l', 'kde-tp', 'ps'],
    ['--tlskey', 'kde-tp', 'ps'],
    ['kdetp', 'kde-tp'],
    ['kde-t'],
    ['help', 'run', 'kde-tp'],
    ['__complete', 'run', 'kde-tp'],
    ['__complete', 'kde'],
    ['__complete', 'kde-t', ''],
    ['ps', '', 'two words', 'two\nlines', '*', '$HOME', "'", '\\', '-n', ''],
  ])('%j is passed on as it is', (typed, { expect }) => {
    expect(run(shell, typed).argv).toEqual(['real', ...typed])
  })

  test.for(['kde-', 'kde-t', 'kde-tp'])('our name is completed from "%s"', (word, { expect }) => {
    expect(run(shell, ['__complete', word]).stdout).toBe('kde-tp\tThe same as kdetp\n:4\n')
    expect(run(shell, ['__completeNoDesc', '-D', word]).stdout).toBe('kde-tp\n:4\n')
  })

  test('a second shim is passed over, however often both stand on PATH', ({ expect }) => {
    const path = [shims, otherShims, shims, real, shims].join(':')
    expect(run(shell, ['ps'], { PATH: path }).argv).toEqual(['real', 'ps'])
    expect(run(shell, ['ps'], { PATH: path }, otherShims).argv).toEqual(['real', 'ps'])
  })

  test('somebody’s own docker ahead of it, which may have led here, is taken only where there is none behind', ({
    expect,
  }) => {
    expect(run(shell, ['ps'], { PATH: [wrapper, shims, real].join(':') }).argv).toEqual(['real', 'ps'])
    const between = [wrapper, otherShims, wrapper, shims, real].join(':')
    expect(run(shell, ['ps'], { PATH: between }).argv).toEqual(['real', 'ps'])
    expect(run(shell, ['ps'], { PATH: [wrapper, shims].join(':') }).argv).toEqual(['wrapper', 'ps'])
  })

  test('what cannot be run is passed over, and an empty element of PATH is the current directory', ({
    expect,
  }) => {
    const unusable = directory(`unusable for ${shell.slice(1).replace('/', ' ')}`)
    mkdirSync(join(unusable, 'a', 'docker'), { recursive: true })
    mkdirSync(join(unusable, 'b'))
    writeFileSync(join(unusable, 'b', 'docker'), '')
    const beforeIt = `${shims}:${unusable}/a:${unusable}/b:${unusable}/missing`
    for (const PATH of [`${beforeIt}::/bin`, `:${beforeIt}`, `${beforeIt}:`]) {
      expect(run(shell, ['ps'], { PATH }, shims, real).argv).toEqual(['real', 'ps'])
    }
  })

  test('without another docker it says so and ends with 127', ({ expect }) => {
    const { exitCode, stdout, stderr } = run(shell, ['ps'], { PATH: `${shims}:/nowhere` })
    expect({ exitCode, stdout }).toEqual({ exitCode: 127, stdout: '' })
    expect(stderr).toContain('there is no docker on PATH but this one')
  })

  test('the environment goes on unchanged', ({ expect }) => {
    const environment = {
      PATH: `${shims}:${real}`,
      PWD: real,
      word: 'w',
      path: 'p',
      HOME: '/x',
      IFS: ' \t\n',
    }
    const seen = run(shell, ['environment'], environment, shims, real)
      .stdout.split('\0')
      .filter(entry => entry !== '')
    const kept = seen.filter(entry => !/^(_|OLDPWD|SHLVL)=/.test(entry))
    expect(kept.sort()).toEqual(
      Object.entries(environment)
        .map(([name, value]) => `${name}=${value}`)
        .sort(),
    )
  })
})

test('a closed standard input stays closed, and no other file is left open', ({ expect }) => {
  const listing = directory('listing')
  symlinkSync('/bin/ls', join(listing, 'docker'))
  const filesOf = (docker: string) =>
    spawnSync('/bin/sh', ['-c', 'exec "$0" /proc/self/fd <&-', docker], {
      env: { PATH: `${shims}:${listing}` },
      encoding: 'utf8',
    }).stdout
  expect(filesOf(join(shims, SHIM))).toBe(filesOf(join(listing, 'docker')))
})

test('the shim finds our name exactly where the program does', ({ expect }) => {
  const word = fc.constantFrom(
    'kde-tp',
    '-c',
    '-D',
    '-Dc',
    '-cx',
    '--config',
    '--host=x',
    '--debug',
    '--',
    '-',
    '',
    'help',
    'run',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), typed => {
      const expected = parseInvocation(
        typed.map(each => (each === 'kde-tp' ? 'kdetp' : each)),
        true,
      )
      const { argv } = run('/bin/sh', typed)
      const isOurs = parseInvocation(argv.slice(1), true).calledAs === 'docker kde-tp'
      expect(isOurs).toBe(expected.calledAs === 'docker kde-tp')
      if (!isOurs) expect(argv.slice(1)).toEqual(typed)
    }),
  )
})

function directory(name: string): string {
  mkdirSync(join(root, name))
  return join(root, name)
}

function installShim(path: string): void {
  writeFileSync(join(path, SHIM_SCRIPT), shimScript, { mode: 0o755 })
  symlinkSync(SHIM_SCRIPT, join(path, SHIM))
}

/** A docker that prints its name and its words, each with a NUL after it; or its environment. */
function installDocker(path: string, name: string): void {
  const script = `#!/bin/sh
case $1 in
  environment) exec /usr/bin/env -0 ;;
  *) printf '%s\\0' ${name} "$@" ;;
esac
`
  writeFileSync(join(path, 'docker'), script)
  chmodSync(join(path, 'docker'), 0o755)
}

function run(
  shell: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = { PATH: `${shims}:${real}` },
  shim = shims,
  cwd = root,
) {
  const applet = shell.endsWith('busybox') ? ['sh'] : []
  const { stdout, stderr, status } = spawnSync(shell, [...applet, join(shim, SHIM), ...words], {
    env,
    cwd,
    encoding: 'utf8',
  })
  return { stdout, stderr, exitCode: status, argv: stdout.split('\0').slice(0, -1) }
}
