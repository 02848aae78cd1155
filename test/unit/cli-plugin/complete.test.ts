import { test } from 'vitest'
import { complete } from '../../../cli-plugin/complete.ts'

const words = (answer: string): readonly string[] => answer.split('\n').map(line => line.split('\t')[0] ?? '')

test('commands are offered with their summaries, and hidden ones are not', async ({ expect }) => {
  const answer = await complete([''])
  expect(answer).toContain('setup\tMake "docker kde-tp" work on this computer, or undo it\n')
  expect(words(answer)).toEqual([
    'doctor',
    'ingest',
    'intercept',
    'list',
    'replace',
    'setup',
    'status',
    'wiretap',
    'help',
    ':4',
  ])
})

test.for([
  { typed: ['in'], offered: ['ingest', 'intercept'] },
  { typed: ['help', 'inte'], offered: ['intercept'] },
  { typed: ['--v'], offered: ['--version'] },
  { typed: ['setup', '--'], offered: ['--remove', '--dry-run', '--help'] },
  { typed: ['setup', '--dry-run', '--rem'], offered: ['--remove'] },
  { typed: ['intercept', '--proj'], offered: ['--project'] },
  { typed: ['intercept', '--project', '-'], offered: [] },
  { typed: ['intercept', '-p', '--'], offered: [] },
  { typed: ['intercept', '--', '--'], offered: [] },
  { typed: ['setup', ''], offered: [] },
  { typed: ['keeper', '--'], offered: [] },
  { typed: ['constructor', '--'], offered: [] },
  { typed: ['help', 'setup', ''], offered: [] },
])('after $typed come $offered', async ({ typed, offered }, { expect }) => {
  expect(words(await complete(typed))).toEqual([...offered, ':4'])
})

test('descriptions are left out where the shell shows none', async ({ expect }) => {
  expect(await complete(['set'], false)).toBe('setup\n:4')
})
