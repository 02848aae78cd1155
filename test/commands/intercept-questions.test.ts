import { test } from 'vitest'
import { beforeAnyChange, carryingOut, interceptIn } from '../fakes/intercept-in-fake-world.ts'
import type { Reply } from '../fakes/prompts.ts'

const questions: readonly Reply[] = [
  ['Namespace:', 'myapp'],
  ['Internal network to proxy (CIDR), or Enter for none:', '10.0.0.0/8, 172.16.0.0/12'],
  ['Workload:', 'api'],
  ['Remote port:', 'http'],
  ['Local port that your program listens on:', ''],
  ['Requests:', 'all requests'],
  ['Project:', 'shop'],
]
const shell = { to: /^exec --interactive --tty .* kde-tp-demo-dev-myapp-shop \/entrypoint.sh bash$/ }
const answers = [...beforeAnyChange(), ...carryingOut, shell]
const files = { '/w/environments/demo/.env': 'A=1\n' }

test('what is missing is asked for in the order that people know', async ({ expect }) => {
  const { exitCode, offered, calls } = await interceptIn({ answers, files, replies: questions })
  expect(exitCode).toBe(0)
  expect(offered).toEqual([
    ['default', 'myapp'],
    [],
    ['api'],
    ['http'],
    ['3000'],
    ['all requests', 'only requests with my header'],
    ['jobs', 'shop'],
  ])
  expect(calls).toContainEqual(expect.stringMatching(/ --workload api --port 3000:http /))
})

test("the networks are kept in the environment's .env, and not asked for again", async ({ expect }) => {
  const asked = await interceptIn({ answers, files, replies: questions })
  const kept = asked.files['/w/environments/demo/.env']?.slice('0600 '.length) ?? ''
  expect(kept).toBe('A=1\nTELEPRESENCE_ALSO_PROXY_CIDR=10.0.0.0/8,172.16.0.0/12\n')
  const rest = questions.filter(([question]) => !question.includes('CIDR'))
  const again = await interceptIn({ answers, files: { '/w/environments/demo/.env': kept }, replies: rest })
  expect(again.inputs.filter(input => input.includes('"--also-proxy"'))).toHaveLength(1)
})

test('Enter for no network is an answer that is kept too', async ({ expect }) => {
  const replies = questions.map(
    ([question, answer]): Reply => [question, question.includes('CIDR') ? '' : answer],
  )
  const outcome = await interceptIn({ answers, files, replies })
  expect(outcome.files['/w/environments/demo/.env']).toContain('TELEPRESENCE_ALSO_PROXY_CIDR=\n')
})

test('what is given is not asked for', async ({ expect }) => {
  const words = ['myapp', 'api', '--project', 'shop', '-p', '8080:http', '--also-proxy', '']
  const outcome = await interceptIn({ answers, files, replies: [] }, ...words)
  expect(outcome.exitCode).toBe(0)
  expect(outcome.files['/w/environments/demo/.env']).toBe('0644 A=1\n')
})
