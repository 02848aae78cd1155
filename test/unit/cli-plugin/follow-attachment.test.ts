import { test } from 'vitest'
import { followAttachment } from '../../../cli-plugin/attach/follow-attachment.ts'
import type { Engine } from '../../../cli-plugin/edges/engine.ts'
import type { SessionEvent } from '../../../session/events.ts'
import type { Environment } from '../../../workspace/environment.ts'
import { fakeEdges } from '../../fakes/edges.ts'

const at = (second: number): string => `2026-11-26T12:00:0${second}.000Z`
const logged = (second: number, text: string): string => `${at(second)} ${at(second)} ${text}\n`

test('what befalls the attachment is told once, also where the log is read again', async ({ expect }) => {
  const over = new AbortController()
  const calls: string[] = []
  const read = [
    [logged(1, 'connected 33'), logged(2, 'lost: other: not ours'), logged(3, 'lost: api: bob@desk has it')],
    [logged(3, 'lost: api: bob@desk has it'), logged(4, 'reconnecting the daemon has ended')],
  ]
  const attach: Engine['attach'] = async (args, { onOutput }) => {
    calls.push(args.join(' '))
    for (const line of read.shift() ?? []) onOutput?.('stdout', line)
    if (read.length === 0) over.abort()
    return 0
  }
  const events: SessionEvent[] = []
  const engine = { attach, hold: () => expect.unreachable() }
  const edges = fakeEdges({ engine, emit: event => void events.push(event) })
  const place = { environment: {} as Environment, namespace: 'myapp', devContainer: 'dev' }
  await followAttachment({ ...place, session: 'session', workload: 'api' }, over.signal, edges)
  const follow = 'container logs --timestamps --follow'
  expect(calls).toEqual([`${follow} --tail 0 session`, `${follow} --since ${at(3)} session`])
  expect(events).toEqual([
    { type: 'remark', message: expect.stringMatching(/^"api" was lost at .*3\.000Z: bob@desk has it\. /) },
  ])
})
