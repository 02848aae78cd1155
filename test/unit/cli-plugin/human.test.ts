import { test } from 'vitest'
import { humanLines } from '../../../cli-plugin/output/human.ts'
import { toErrorEvent } from '../../../cli-plugin/output/show.ts'
import { KdeTpError } from '../../../session/errors.ts'
import type { SessionEvent } from '../../../session/events.ts'

const cases: readonly (readonly [SessionEvent, string | undefined])[] = [
  [{ type: 'step', name: 'Start it', state: 'started', because: 'why' }, ' · Start it'],
  [{ type: 'step', name: 'Start it', state: 'done' }, undefined],
  [{ type: 'step', name: 'Start it', state: 'failed' }, undefined],
  [{ type: 'remark', message: 'It is there.' }, ' · It is there.'],
  [{ type: 'output', stream: 'stdout', text: 'x' }, 'x'],
  [{ type: 'result', exitCode: 0 }, undefined],
  [
    {
      type: 'plan',
      steps: [
        { name: 'Do one', because: 'first' },
        { name: 'Do two', because: 'then' },
      ],
    },
    '  1. Do one, because first\n  2. Do two, because then',
  ],
]

test.for(cases)('%o is told as %j', ([event, lines], { expect }) => {
  expect(humanLines(event)).toBe(lines)
})

test('an error says what happened, what the tool said, what was left, and one thing to do', ({ expect }) => {
  const details = { detail: 'the tool\n\nsaid so\n', hint: 'Do this.', left: 'One file is left.' }
  expect(humanLines(toErrorEvent(new KdeTpError('TOOL_FAILED', 'It failed.', details)))).toBe(
    'It failed. (TOOL_FAILED)\n  the tool\n  said so\nOne file is left.\n\nDo this.',
  )
  expect(humanLines(toErrorEvent(new KdeTpError('TOOL_FAILED', 'It failed.')))).toBe(
    'It failed. (TOOL_FAILED)\nNothing was changed.',
  )
})

test("a signal's exit code is the shell's, and what we did not expect is our bug", ({ expect }) => {
  const ended = new KdeTpError('CANCELLED', 'Stopped, as asked.', { cause: 'SIGTERM' })
  expect(toErrorEvent(ended).exitCode).toBe(143)
  expect(toErrorEvent(new KdeTpError('CANCELLED', 'Left.')).exitCode).toBe(130)
  const bug = toErrorEvent(new TypeError('undefined is not a function'))
  expect(bug).toMatchObject({ code: 'BUG', exitCode: 70 })
  expect(bug.detail).toContain('TypeError: undefined is not a function')
})
