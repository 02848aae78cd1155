import { test } from 'vitest'
import { askFacts, lookFromSession } from '../../../cli-plugin/surroundings/look.ts'

const question = askFacts({ namespace: 'myapp', workload: 'api', managerNamespace: 'ambassador' })
const { parse } = lookFromSession('session', question)
const answer = { kind: 'unreachable', server: 'https://k:6443', reason: 'said so' }
const saying = (stdout: object, exitCode = 0) => ({ stdout: JSON.stringify(stdout), stderr: '', exitCode })

test('a session that can’t tell, or is of another version, is asked in vain', ({ expect }) => {
  expect(parse(saying(answer))).toEqual(answer)
  expect(parse(saying(answer, 1))).toBeUndefined()
  expect(parse(saying({ kind: 'facts', facts: { serverAddress: '10.0.0.1' } }))).toBeUndefined()
})
