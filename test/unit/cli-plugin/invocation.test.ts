import { test } from 'vitest'
import { parseInvocation } from '../../../cli-plugin/invocation.ts'

const asPlugin = (...argv: readonly string[]) => parseInvocation(argv, true)
const alone = (...argv: readonly string[]) => parseInvocation(argv, false)

test("docker's own options before the plugin's name are kept apart, values and all", ({ expect }) => {
  expect(
    asPlugin('-D', '--context', 'staging', '-H=unix:///x', 'kdetp', 'intercept', '--context', 'mine'),
  ).toEqual({
    dockerOptions: ['-D', '--context', 'staging', '-H=unix:///x'],
    words: ['intercept', '--context', 'mine'],
    calledAs: 'docker kde-tp',
  })
})

test.for([
  ['--config', 'kdetp', 'kdetp', 'look'],
  ['-Dc', 'kdetp', 'kdetp', 'look'],
  ['--tlskey', '--help', 'kdetp', 'look'],
])('the value of an option is never taken for our name: %s', (argv, { expect }) => {
  expect(asPlugin(...argv)).toMatchObject({ dockerOptions: argv.slice(0, 2), words: ['look'] })
})

test.for([
  { argv: ['help', 'kdetp', 'intercept'], words: ['help', 'intercept'] },
  { argv: ['--help', 'kdetp'], words: ['help'] },
  { argv: ['-h', 'kdetp', 'intercept'], words: ['help', 'intercept'] },
  { argv: ['__complete', 'kdetp', 'intercept', ''], words: ['__complete', 'intercept', ''] },
  { argv: ['__completeNoDesc', 'kdetp', ''], words: ['__completeNoDesc', ''] },
  { argv: ['--', 'kdetp', 'intercept', '--', 'ls'], words: ['intercept', '--', 'ls'] },
  { argv: ['kdetp', 'help', 'intercept'], words: ['help', 'intercept'] },
  { argv: ['kdetp'], words: [] },
])('docker hands over $argv', ({ argv, words }, { expect }) => {
  expect(asPlugin(...argv)).toEqual({ dockerOptions: [], words, calledAs: 'docker kde-tp' })
})

test('the program on its own takes every word as its own, and skips its plugin name', ({ expect }) => {
  expect(alone('help', 'intercept')).toEqual({
    dockerOptions: [],
    words: ['help', 'intercept'],
    calledAs: 'kde-tp',
  })
  expect(alone('kdetp', 'intercept').words).toEqual(['intercept'])
  expect(alone()).toEqual({ dockerOptions: [], words: [], calledAs: 'kde-tp' })
})

test("a call by a person is none of docker's, though it comes out of a shell that a plugin of docker's started", ({
  expect,
}) => {
  expect(asPlugin('intercept', 'myapp')).toEqual({
    dockerOptions: [],
    words: ['intercept', 'myapp'],
    calledAs: 'kde-tp',
  })
})
