import { expect, test } from 'vitest'
import { eventually } from './harness/eventually.ts'
import { withIndependentClient } from './harness/independent-client.ts'
import { within } from './harness/scenario.ts'

test(
  'requests in the cluster arrive at the dev container while the command runs, and at the cluster after it',
  within({}, async ({ person, intercept, answererOf, namespace }) => {
    const started = person.start(intercept({ command: ['python3', 'serve.py'] }))
    await eventually(async () => expect(await answererOf(), started.stderr()).toBe('the dev container'))
    await withIndependentClient(namespace, async client => {
      expect(await client.holderOf('api')).toContain(person.account.name)
      started.signalGroup('SIGINT')
      expect((await started.ended).exitCode).toBe(130)
      expect(await answererOf()).toBe('the cluster')
      expect(await client.holderOf('api')).toBeUndefined()
    })
  }),
)
