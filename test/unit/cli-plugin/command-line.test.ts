import { test } from 'vitest'
import { defineCommand } from '../../../cli-plugin/command.ts'
import { parseCommandLine } from '../../../cli-plugin/command-line.ts'

const run = async () => 0
const options = {
  port: { type: 'string', short: 'p', multiple: true, summary: '' },
  project: { type: 'string', summary: '' },
  detach: { type: 'boolean', short: 'd', summary: '' },
  mount: { type: 'string', valueWhenBare: 'live', summary: '' },
} as const
const open = defineCommand({
  name: 'open',
  summary: '',
  usage: '',
  options,
  positionals: 2,
  takesCommand: true,
  run,
})
const plain = defineCommand({ name: 'plain', summary: '', usage: '', options: {}, run })

test('options stand anywhere before the dashes, and what follows them is left as it is', ({ expect }) => {
  const words = ['-p', '1:a', 'ns', '--port=2:b', '-d', 'api', '--project', 'x', '--', 'sh', '-c', '--', '-p']
  expect(parseCommandLine(open, words)).toEqual({
    values: { port: ['1:a', '2:b'], detach: true, project: 'x' },
    positionals: ['ns', 'api'],
    command: ['sh', '-c', '--', '-p'],
  })
})

test('an option that may go without its value takes none of the words after it', ({ expect }) => {
  expect(parseCommandLine(open, ['--mount', 'ns', 'api'])).toMatchObject({
    values: { mount: 'live' },
    positionals: ['ns', 'api'],
  })
  expect(parseCommandLine(open, ['--mount=copy', 'ns', '--', '--mount'])).toMatchObject({
    values: { mount: 'copy' },
    command: ['--mount'],
  })
})

test('no dashes are no command, and dashes alone are an empty one', ({ expect }) => {
  expect(parseCommandLine(open, ['ns']).command).toBeUndefined()
  expect(parseCommandLine(open, ['ns', '--']).command).toEqual([])
})

test.for([
  { command: open, words: ['--project'], message: '--project needs a value.' },
  { command: open, words: ['--detach=yes'], message: '--detach takes no value.' },
  {
    command: open,
    words: ['a', 'b', 'c'],
    message: '"open" takes at most 2 arguments, so "c" is one too many.',
  },
  { command: plain, words: ['a'], message: '"plain" takes no arguments, so "a" is one too many.' },
])('$words is a usage error: $message', ({ command, words, message }, { expect }) => {
  expect(() => parseCommandLine(command, words)).toThrow(expect.objectContaining({ code: 'USAGE', message }))
})

test.for([
  { words: ['--porject', 'x'], message: 'There is no option --porject; the nearest is --project.' },
  { words: ['--nothing-like-it'], message: 'There is no option --nothing-like-it.' },
  { words: ['-x'], message: 'There is no option -x.' },
])('$words is unknown: $message', ({ words, message }, { expect }) => {
  const error = expect.objectContaining({ code: 'OPTION_UNKNOWN', message })
  expect(() => parseCommandLine(open, words)).toThrow(error)
})
