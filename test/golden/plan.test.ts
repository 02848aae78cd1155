import { test } from 'vitest'
import { humanLines } from '../../cli-plugin/output/human.ts'
import type { ObservedContainer } from '../../session/observed.ts'
import { devContainer, holder, interceptOfApi, keeper, session } from '../fakes/containers.ts'
import { beforeAnyChange, facts, interceptIn } from '../fakes/intercept-in-fake-world.ts'

const all = [keeper, holder, session]
const other: ObservedContainer = {
  ...devContainer,
  name: 'kde-tp-demo-dev-myapp-jobs',
  project: 'jobs',
  attachment: { ...interceptOfApi, workload: 'worker', ports: [{ local: 9090, remote: 'http' }] },
}
const ended = (container: ObservedContainer): ObservedContainer => ({ ...container, state: 'exited' })

const cases: readonly (readonly [string, readonly ObservedContainer[], (readonly string[])?])[] = [
  ['first call', []],
  ['second project', [...all, other]],
  ['joined shell', [...all, devContainer]],
  ['detached', [], ['--detach']],
  ['replaced session', [...all, other], ['--also-proxy', '10.0.0.0/8', '--yes']],
  ['dead holder', [keeper, ended(holder), session, devContainer].map(noAttachment)],
  ['ended session', [keeper, holder, ended(session)]],
  ['name of another workspace', [session, holder].map(elsewhere)],
]

function noAttachment(container: ObservedContainer): ObservedContainer {
  return container.role === 'dev' ? ended(container) : container
}

function elsewhere(container: ObservedContainer): ObservedContainer {
  return { ...container, workspacePath: '/home/bob/w' }
}

test('what --dry-run tells', async ({ expect }) => {
  const told = cases.map(async ([title, containers, words = []]) => {
    const answers = beforeAnyChange(containers)
    return `# ${title}\n${await dryRun(answers, ...words)}\n`
  })
  const nothingInstalled = beforeAnyChange([], { ...facts, manager: { found: 'no' } })
  const installed = `# no traffic-manager\n${await dryRun(nothingInstalled, '--install-traffic-manager')}\n`
  await expect([...(await Promise.all(told)), installed].join('\n')).toMatchFileSnapshot('plans.golden.txt')
})

async function dryRun(
  answers: ReturnType<typeof beforeAnyChange>,
  ...words: readonly string[]
): Promise<string> {
  const call = ['myapp', 'api', '--project', 'shop', '-p', '8080:http', '--dry-run', ...words]
  const { events, error } = await interceptIn({ answers }, ...call)
  if (error !== undefined) throw error
  return events.flatMap(event => humanLines(event) ?? []).join('\n')
}
