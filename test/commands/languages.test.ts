import { execa } from 'execa'
import { test } from 'vitest'

/** The program itself, as a person with this locale and no workspace calls it. */
async function call(locale: string, ...words: readonly string[]) {
  const environment = { PATH: process.env['PATH'] ?? '', HOME: '/nowhere', LANG: locale }
  const { exitCode, stdout, stderr } = await execa(process.execPath, ['cli-plugin/main.ts', ...words], {
    env: environment,
    extendEnv: false,
    reject: false,
  })
  return { exitCode, stdout, stderr }
}

test.concurrent.for([
  '--lang zh-TW intercept --help',
  'intercept --lang zh-TW --help',
  'intercept --help --lang=zh-TW',
  'help intercept --lang zh-TW',
])('"%s" is help in Chinese, whatever the locale', async (line, { expect }) => {
  const { exitCode, stdout } = await call('en_US.UTF-8', ...line.split(' '))
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^用法： {2}.*intercept.*選項：/s)])
})

test.concurrent.for([
  ['en_US.UTF-8', /There is no option --nonsense\./],
  ['zh_TW.UTF-8', /沒有選項 --nonsense。/],
] as const)(
  'in a locale of %s an error is said in its language, with one code',
  async ([locale, sentence], { expect }) => {
    const { exitCode, stderr } = await call(locale, 'list', '--nonsense')
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(sentence)])
    const json = await call(locale, 'list', '--format', 'json', '--workspace', '/nowhere')
    expect(JSON.parse(json.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'error',
      code: 'WORKSPACE_MISSING',
    })
  },
)

test.concurrent.for(['list --lang fr', '--lang fr list'])(
  '"%s" is a usage error that names both languages',
  async (line, { expect }) => {
    const { exitCode, stderr } = await call('en_US.UTF-8', ...line.split(' '))
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/en.*zh-TW/)])
  },
)
