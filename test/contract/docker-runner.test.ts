import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'vitest'
import { createDocker } from '../../cli-plugin/edges/docker.ts'
import { createEngine } from '../../cli-plugin/edges/engine.ts'
import type { ToolCommand, ToolOutput } from '../../session/tool-command.ts'

/** A docker that does what the script says, with the words of the call as its arguments. */
const shell = (script: string) => ({ program: 'bash', dockerOptions: ['-c', script, 'docker'] })
const all = (call: Partial<ToolCommand<ToolOutput>> = {}): ToolCommand<ToolOutput> => ({
  args: ['compose', 'up', 'it'],
  anyExitCode: true,
  parse: output => output,
  ...call,
})
const run = (script: string, call: Partial<ToolCommand<ToolOutput>> = {}, cancel?: AbortSignal) =>
  createDocker(shell(script), cancel)({ ...all(), ...call })

test('words, input and variables arrive as they are, and output byte for byte', async ({ expect }) => {
  const script = `printf '%s|' "$@"; printf '%s' "$MINE"; cat; echo err >&2; exit 3`
  const call = { args: ['a b', '', '$x', "'"], stdin: 'in\n', environment: { MINE: 'é\n' } }
  expect(await run(script, call)).toEqual({ stdout: "a b||$x|'|é\nin\n", stderr: 'err\n', exitCode: 3 })
})

test('standard input is empty where a call gives none, whatever ours is', async ({ expect }) => {
  expect((await run('cat')).stdout).toBe('')
})

test('an end with an exit code is an error, unless the call reads it', async ({ expect }) => {
  const call: ToolCommand<string> = { args: ['image', 'rm', 'x', 'secret'], parse: ({ stdout }) => stdout }
  const failing = createDocker(shell('echo no such image >&2; exit 1'))
  await expect(failing(call)).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    message: '"docker image rm x" ended with exit code 1.',
    detail: 'no such image',
  })
})

test("a docker that fails by the terminal's own signal, a moment before we hear of it, was cancelled", async ({
  expect,
}) => {
  const controller = new AbortController()
  setTimeout(() => controller.abort('SIGINT'), 30)
  const failing = run('echo "error during connect: context canceled" >&2; exit 1', {}, controller.signal)
  await expect(failing).rejects.toMatchObject({ code: 'CANCELLED', cause: 'SIGINT' })
})

test('a docker that is not there is named', async ({ expect }) => {
  const docker = createDocker({ program: 'docker-of-nobody', dockerOptions: [] })
  await expect(docker(all())).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: 'Could not find "docker-of-nobody" on PATH.',
  })
})

test('a call that takes too long is ended', async ({ expect }) => {
  await expect(run('exec sleep 60', { timeoutSeconds: 0.2 })).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    message: '"docker compose up it" gave no answer within 0.2 seconds.',
  })
})

test('a request to end ends a call, and is its cause', async ({ expect }) => {
  const controller = new AbortController()
  const running = run('exec sleep 60', {}, controller.signal)
  setTimeout(() => controller.abort('SIGTERM'), 100)
  await expect(running).rejects.toMatchObject({ code: 'CANCELLED', cause: 'SIGTERM' })
})

test('a process is held until its input ends, and tells its first line at once', async ({ expect }) => {
  const held = createEngine(shell('echo "granted $1"; cat; echo bye >&2; exit 4')).hold(['lease'])
  expect(await held.firstLine).toBe('granted lease')
  held.write('one')
  held.write('two')
  held.end()
  expect(await held.ended).toEqual({ stdout: 'granted lease\none\ntwo\n', stderr: 'bye\n', exitCode: 4 })
  held.write('nobody reads this')
})

test('a process that ends without a line has none', async ({ expect }) => {
  const held = createEngine(shell('exit 1')).hold([])
  expect(await held.firstLine).toBeUndefined()
  expect((await held.ended).exitCode).toBe(1)
})

test("a terminal's Ctrl-C does not reach a process that is held", async ({ expect }) => {
  const held = createEngine(shell('ps -o pgid= -p $$; cat')).hold([])
  const group = Number(await held.firstLine)
  expect(group).toBeGreaterThan(1)
  const { stdout } = await createDocker({ program: 'ps', dockerOptions: [] })(
    all({ args: ['-o', 'pgid=', '-p', String(process.pid)] }),
  )
  expect(group).not.toBe(Number(stdout))
  held.end()
  await held.ended
})

test('what an attached process prints is told while it runs, and its exit code is returned', async ({
  expect,
}) => {
  const told: string[] = []
  const engine = createEngine(shell('echo out; echo err >&2; sleep 0.3; exit 9'))
  const ended = engine.attach([], {
    terminal: false,
    stdin: 'ignore',
    onOutput: (stream, text) => void told.push(`${stream}: ${text}`),
  })
  for (let tenths = 0; told.length < 2 && tenths < 100; tenths += 1) await sleep(10)
  expect(told.toSorted()).toEqual(['stderr: err\n', 'stdout: out\n'])
  expect(await ended).toBe(9)
})

test('an input may come while the program runs, or when it has ended', async ({ expect }) => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const answer = run('echo up; cat', { stdin: promise })
  resolve('at last')
  expect((await answer).stdout).toBe('up\nat last')
  expect(await run('exit 3', { stdin: sleep(500).then(() => 'late') })).toMatchObject({ exitCode: 3 })
})
