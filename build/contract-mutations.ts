/** Takes the code behind rows of the contract away, in a copy of this checkout's last commit, and runs their tests there. */
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'

interface Mutation {
  readonly id: string
  readonly file: string
  /** Stands in the file once. */
  readonly find: string
  readonly replace: string
  /** Names the row. */
  readonly test: string
  /** Of an end-to-end file just the tests with these words, since each takes its time. */
  readonly only?: string
}

const QUESTIONS = 'test/commands/intercept-questions.test.ts'
const INTERCEPT = 'test/commands/intercept.test.ts'
const LIST = 'test/commands/list.test.ts'
const ASK = 'cli-plugin/attach/ask.ts'
const NETWORKS = 'cli-plugin/attach/choose-networks.ts'

// biome-ignore format: a table
const mutations: readonly Mutation[] = [
  { id: 'S-16', file: 'cli-plugin/output/workloads.ts', find: 't`STATUS`', replace: 't`KIND`', test: LIST },
  { id: 'S-23', file: ASK, find: 'assertTerminal(edges, t`The namespace is missing: name it after the command.`, names)', replace: '', test: LIST },
  { id: 'S-24', file: 'cli-plugin/output/workloads.ts', find: 't`AGENT`', replace: 't`KIND`', test: LIST },
  { id: 'S-25', file: 'cli-plugin/output/workloads.ts', find: 't`INTERCEPT`', replace: 't`PORTS`', test: LIST },
  { id: 'S-51', file: 'cli-plugin/output/workloads.ts', find: 't`WORKLOAD`', replace: 't`STATUS`', test: LIST },
  { id: 'S-27', file: ASK, find: 'return edges.prompts.choose(\n      t`Namespace:`,', replace: 'return edges.prompts.choose(\n      t`Project:`,', test: QUESTIONS },
  { id: 'S-28', file: NETWORKS, find: 'known === undefined && mayAsk(input)', replace: 'false', test: QUESTIONS },
  { id: 'S-30', file: ASK, find: "edges.prompts.choose(t`Workload:`, choices)", replace: "choices[0]?.value ?? ''", test: QUESTIONS },
  { id: 'S-31', file: 'cli-plugin/attach/ask-ports.ts', find: 'suggestion: firstFree(target, refuse)', replace: "suggestion: '1'", test: QUESTIONS },
  { id: 'S-32', file: ASK, find: 't`Project:`,', replace: 't`Namespace:`,', test: QUESTIONS },
  { id: 'S-46', file: 'cli-plugin/attach/place-order.ts', find: 'named ?? (await chooseProject(environment, asking))', replace: 'await chooseProject(environment, asking).then(() => chooseProject(environment, asking))', test: QUESTIONS },
  { id: 'S-39', file: 'language/zh-TW/attach.ts', find: '請輸入要 Proxy 的內網網段(CIDR)，如果沒有請直接按 Enter:', replace: '網段:', test: 'test/commands/in-chinese.test.ts' },
  { id: 'S-40', file: NETWORKS, find: 'if (!isAnswer) return', replace: 'if (!isAnswer || alsoProxy.length === 0) return', test: QUESTIONS },
  { id: 'S-42', file: NETWORKS, find: 'if (!isAnswer) return', replace: 'return', test: QUESTIONS },
  { id: 'S-43', file: 'workspace/environment.ts', find: "filter(cidr => cidr !== '')", replace: "filter(() => false)", test: QUESTIONS },
  { id: 'S-44', file: 'workspace/environment.ts', find: "|| 'ambassador'", replace: "|| 'default'", test: INTERCEPT },
  { id: 'S-45', file: 'workspace/environment.ts', find: "known['TELEPRESENCE_MANAGER_NAMESPACE'] || ", replace: '', test: INTERCEPT },
  { id: 'S-47', file: 'cli-plugin/commands/use.ts', find: '`CUR_ENV=${name}\\n`', replace: "''", test: 'test/commands/use.test.ts' },
  { id: 'S-61', file: 'cli-plugin/commands/logs.ts', find: 'lines.forEach(tell)', replace: '', test: 'test/commands/logs.test.ts' },
  { id: 'S-62', file: 'cli-plugin/attach/wait-for-session.ts', find: 't`Its whole log is in ${directoriesOf(order.environment).logs}.`', replace: 'order.environment.name', test: INTERCEPT },
  { id: 'S-66', file: 'cli-plugin/attach/wait-for-session.ts', find: 'logs || output', replace: 'output', test: INTERCEPT },
  { id: 'S-56', file: 'cli-plugin/attach/write-environment.ts', find: '${workload.name}.env`', replace: '${workload.name}.txt`', test: 'test/e2e/while-a-command-runs.test.ts', only: 'the files have the rights' },
  { id: 'S-60', file: 'cli-plugin/attach/write-environment.ts', find: 'progress.remote = taken', replace: '', test: 'test/e2e/environment.test.ts', only: 'with --agent sidecar has every byte' },
  { id: 'S-67', file: 'compose/session.ts', find: "cap_add: ['NET_ADMIN']", replace: "cap_add: ['NET_ADMIN', 'SYS_ADMIN']", test: 'test/e2e/while-a-command-runs.test.ts', only: 'the session may manage' },
  { id: 'S-68', file: 'compose/names.ts', find: '`kde-telepresence-session-', replace: '`kde-tp-session-', test: 'test/e2e/session.test.ts', only: 'the session is found by' },
]

/** What of the table no longer fits the code and its tests. */
export const staleMutations = (): readonly string[] =>
  mutations.flatMap(({ id, file, find, test }) => [
    ...(readFileSync(file, 'utf8').split(find).length === 2 ? [] : [`${id}: ${file} has not once: ${find}`]),
    ...(readFileSync(test, 'utf8').includes(id) ? [] : [`${id}: ${test} does not name it`]),
  ])

const HOW_MANY = 10

/** Gives the exit code. */
export async function showThatTestsFail(): Promise<number> {
  const seed = Number(process.argv[process.argv.indexOf('--mutate') + 1] ?? Math.floor(Math.random() * 1e6))
  console.log(`seed ${seed}: ${HOW_MANY} of ${mutations.length} rows whose code is known`)
  const copy = await copyCheckout()
  try {
    const results: boolean[] = []
    for (const mutation of chosen(seed)) results.push(await isSeen(mutation, copy))
    return results.every(seen => seen) ? 0 : 1
  } finally {
    await execa('git', ['worktree', 'remove', '--force', copy])
  }
}

/** By a hash of seed and row, so that a seed says which. */
function chosen(seed: number): readonly Mutation[] {
  const rank = ({ id }: Mutation): number =>
    (Math.imul(seed * 31 + Number(id.slice(2)), 2_654_435_761) >>> 0) % 65_521
  return mutations.toSorted((one, other) => rank(one) - rank(other)).slice(0, HOW_MANY)
}

async function copyCheckout(): Promise<string> {
  const copy = join(mkdtempSync(join(tmpdir(), 'kde-tp-contract-')), 'checkout')
  await execa('git', ['worktree', 'add', '--detach', copy])
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'))
  return copy
}

async function isSeen(mutation: Mutation, copy: string): Promise<boolean> {
  const { id, file, find, replace, test } = mutation
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  const before = await passes(mutation, copy)
  writeFileSync(
    path,
    text.replace(find, () => replace),
  )
  const after = await passes(mutation, copy)
  writeFileSync(path, text)
  const isProof = before && !after
  const said = `${before ? 'passes' : 'FAILS'} with the code and ${after ? 'PASSES' : 'fails'} without it`
  console.log(`${isProof ? '✓' : '✗'} ${id}  ${test} ${said}: ${file}: ${find}`)
  return isProof
}

/** An end-to-end test takes the program and its image of that code. */
async function passes({ test, only }: Mutation, cwd: string): Promise<boolean> {
  const isEndToEnd = test.startsWith('test/e2e/')
  const image = 'ghcr.io/kde-tp/runtime:contract-mutated'
  if (isEndToEnd) {
    await execa('npm', ['run', 'build'], { cwd })
    await execa('docker', ['build', '--target', 'runtime', '--tag', image, '.'], { cwd })
  }
  const project = ['--project', isEndToEnd ? 'e2e' : 'commands']
  const env = isEndToEnd ? { KDE_TP_IMAGE: image, KDE_TP_TEST_AS_IS: '1', KDE_TP_TEST_AMOUNT: 'part' } : {}
  const words = ['vitest', 'run', ...project, test, ...(only === undefined ? [] : ['-t', only])]
  const { exitCode } = await execa('npx', words, { cwd, env, reject: false })
  if (isEndToEnd) await execa('docker', ['image', 'rm', image])
  return exitCode === 0
}
