import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { isCancel } from '@clack/core'
import { test } from 'vitest'
import { askChoice, askText, type Streams } from '../../../cli-plugin/edges/questions.ts'

const choices = [
  { value: 'broken', hint: 'not ready', disabled: true },
  { value: 'api', hint: 'ready, intercepted by ada@laptop' },
  { value: 'worker', hint: 'ready' },
]
const [UP, DOWN, ENTER, BACKSPACE, CTRL_C] = ['\x1b[A', '\x1b[B', '\r', '\x7f', '\x03']

/** Types these keys, one after the other, and reads the answer and all that was drawn until then. */
async function typing<T>(ask: (streams: Streams) => Promise<T>, ...keys: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  let drawn = ''
  output.on('data', data => {
    drawn += stripVTControlCharacters(String(data))
  })
  const answer = ask({ input, output })
  for (const key of keys) {
    input.write(key)
    await new Promise(resolve => setImmediate(resolve))
  }
  return { answer: await answer, drawn }
}

const choosing = (...keys: readonly string[]) =>
  typing(streams => askChoice('Workload:', choices, streams), ...keys)

test.for([
  { does: 'Enter alone chooses the first that can be', keys: [ENTER], chosen: 'api' },
  { does: 'arrows move', keys: [DOWN, ENTER], chosen: 'worker' },
  { does: 'arrows move over what cannot be chosen', keys: [UP, ENTER], chosen: 'worker' },
  { does: 'letters filter by name', keys: ['w', 'o', ENTER], chosen: 'worker' },
  { does: 'letters filter by what is told of it', keys: [...'ADA', ENTER], chosen: 'api' },
  {
    does: 'what matches nothing, or cannot be chosen, is no answer',
    keys: [...'brok', ENTER, ...Array.from('brok', () => BACKSPACE), 'w', ENTER],
    chosen: 'worker',
  },
])('$does', async ({ keys, chosen }, { expect }) => {
  expect((await choosing(...keys)).answer).toBe(chosen)
})

test('every choice is shown with what is told of it, and a filter without a match says so', async ({
  expect,
}) => {
  const { drawn } = await choosing('x', BACKSPACE, ENTER)
  for (const { value, hint } of choices) expect(drawn).toContain(`${value.padEnd(6)}  ${hint}`)
  expect(drawn).toContain('Nothing matches.')
})

test('what is told of Chinese choices stands in one column', async ({ expect }) => {
  const two = [
    { value: '全部請求', hint: '甲' },
    { value: 'api', hint: '乙' },
  ]
  const { drawn } = await typing(streams => askChoice('請求：', two, streams), ENTER)
  expect(drawn).toContain('全部請求  甲')
  expect(drawn).toContain('api       乙')
})

const typingPort = (...keys: readonly string[]) => {
  const refuse = (typed: string) => (typed.length > 2 ? `${typed} is too long` : undefined)
  return typing(streams => askText('Port:', { suggestion: '80', refuse }, streams), ...keys)
}

test('a text is checked while it is typed, and Enter does not take what is refused', async ({ expect }) => {
  const early = await typingPort('1', '2', '3', BACKSPACE, ENTER)
  expect(early.answer).toBe('12')
  expect(early.drawn).toContain('123 is too long')
  expect((await typingPort('1', '2', '3', ENTER, BACKSPACE, ENTER)).answer).toBe('12')
  expect((await typingPort('1', '2', ENTER)).drawn).not.toContain('too long')
})

test('Enter alone answers what is suggested', async ({ expect }) => {
  expect((await typingPort(ENTER)).answer).toBe('80')
})

test('Ctrl-C leaves', async ({ expect }) => {
  expect(isCancel((await choosing('a', CTRL_C)).answer)).toBe(true)
  expect(isCancel((await typingPort('1', CTRL_C)).answer)).toBe(true)
})
