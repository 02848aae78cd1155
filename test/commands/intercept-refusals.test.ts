import { test } from 'vitest'
import { devContainer, holder, interceptOfApi, keeper, session } from '../fakes/containers.ts'
import { beforeAnyChange, interceptIn, listed } from '../fakes/intercept-in-fake-world.ts'

const all = ['myapp', 'api', '--project', 'shop', '-p', '8080:http']
const without = (...left: readonly string[]) => all.filter(word => !left.includes(word))

test.for([
  { words: without('myapp', 'api'), names: 'name it after the command' },
  { words: without('api'), names: 'name it after the namespace' },
  { words: without('-p', '8080:http'), names: '--port LOCAL:REMOTE' },
  { words: without('--project', 'shop'), names: '--project' },
])('without a terminal, $words is a usage error that says $names', async ({ words, names }, { expect }) => {
  // The image of a project that nobody named is not looked at.
  const answers = [...(names === 'name it after the namespace' ? [listed] : []), ...beforeAnyChange()].filter(
    ({ to }) => words.includes('shop') || !to.source.includes('entrypoint'),
  )
  const { refusal, error } = await interceptIn({ answers }, ...words)
  expect(refusal).toBe('USAGE')
  expect(error?.message).toContain(names)
})

test('a missing CIDR is no error without a terminal: there is none then', async ({ expect }) => {
  const files = { '/w/environments/demo/.env': '' }
  const outcome = await interceptIn({ answers: beforeAnyChange(), files }, ...all, '--dry-run')
  expect(outcome.exitCode).toBe(0)
  expect(outcome.files['/w/environments/demo/.env']).toBe('0644 ')
})

test('what is wrong by itself is refused before anything is read', async ({ expect }) => {
  const { refusal, calls } = await interceptIn({ answers: [] }, ...all, '--format', 'json')
  expect(refusal).toBe('USAGE')
  expect(calls).toEqual([])
})

const other = { ...devContainer, project: 'jobs', name: 'kde-tp-demo-dev-myapp-jobs' }
const worker = { ...interceptOfApi, workload: 'worker' }

test.for([
  { code: 'PORT_TAKEN', dev: { ...other, attachment: worker } },
  { code: 'ALREADY_ATTACHED', dev: other },
  { code: 'PROJECT_IN_USE', dev: { ...devContainer, attachment: worker } },
  {
    code: 'SESSION_DIFFERS',
    dev: { ...other, attachment: { ...worker, ports: [] } },
    alsoProxy: '10.0.0.0/8',
  },
])('$code is refused before anything is changed', async ({ code, dev, alsoProxy = '' }, { expect }) => {
  const answers = beforeAnyChange([keeper, holder, session, dev])
  const { refusal, calls } = await interceptIn({ answers }, ...all, '--also-proxy', alsoProxy)
  expect(refusal).toBe(code)
  expect(calls.filter(call => /^compose .* up|lease/.test(call))).toEqual([])
})
