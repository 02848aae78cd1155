import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject, test } from 'vitest'
import { type ErrorCode, exitCodeOf, KdeTpError } from '../../session/errors.ts'
import { type Provocation, provocations } from './provoked-errors.ts'

const root = join(import.meta.dirname, '../..')
const codes = Object.keys(exitCodeOf) as ErrorCode[]
const errors = await Promise.all(provocations.map(provoke))

async function provoke(provocation: Provocation): Promise<KdeTpError> {
  try {
    await provocation()
  } catch (error) {
    if (error instanceof KdeTpError) return error
    throw error
  }
  throw new Error(`this provokes nothing: ${provocation.toString()}`)
}

const language = inject('language')
const PAGE = { en: 'docs/errors.md', 'zh-TW': 'docs/errors.zh-TW.md' }[language]

const HEAD = {
  en: `# Errors

Each failure that kde-tp knows has a code. Codes are permanent, so scripts may look for them: \`--format json\` has the
code in its last line, and people see it behind the sentence. Several codes share one exit code. 70 is a bug of ours.
A command that runs in a dev container ends with its own exit code instead.

This page is made from the program itself by \`npm run golden\`: every sentence stands here with an example of what it
names.
`,
  'zh-TW': `# 錯誤

kde-tp 認得的每一種失敗都有一個代號。代號永遠不會改變，script 可以用它來判斷：\`--format json\` 的最後一行有代號，一般訊息則寫在句子後面。
好幾個代號共用一個結束代碼。70 是我們的 bug。在開發容器裡執行的指令，以它自己的結束代碼結束。

這一頁由程式本身產生（\`npm run golden\`）：每一句話都在這裡，並以例子代入名稱。
`,
}[language]

const TABLE_HEAD = { en: '| exit code | codes |', 'zh-TW': '| 結束代碼 | 代號 |' }[language]

function page(): string {
  const exitCodes = [...new Set(Object.values(exitCodeOf))]
  const table = exitCodes.map(
    exitCode => `| ${exitCode} | ${codes.filter(code => exitCodeOf[code] === exitCode).join(', ')} |`,
  )
  return [HEAD, TABLE_HEAD, '|--|--|', ...table, '', ...codes.map(section)].join('\n')
}

function section(code: ErrorCode): string {
  const told = errors.filter(error => error.code === code).map(tell)
  return `## ${code}\n\n${[...new Set(told)].join('\n')}\n`
}

const tell = ({ message, hint, left }: KdeTpError): string =>
  [`- **${message}**`, hint, left].filter(part => part !== undefined).join(' ')

/** The code of each error that the sources make. */
function codesInSources(): readonly string[] {
  const files = ['cli-plugin', 'session'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true }).map(path => join(root, folder, String(path))),
  )
  return files
    .filter(path => path.endsWith('.ts'))
    .flatMap(path => [...readFileSync(path, 'utf8').matchAll(/new KdeTpError\(\s*'([A-Z_]+)'/g)])
    .map(([, code = '']) => code)
}

test('every error is told on one page', async ({ expect }) => {
  await expect(page()).toMatchFileSnapshot(join(root, PAGE))
})

test('every sentence of the sources is on that page', ({ expect }) => {
  const inSources = codesInSources()
  const sentences = (code: ErrorCode) =>
    new Set(errors.filter(error => error.code === code).map(({ message }) => message))
  const missing = codes.filter(code => sentences(code).size < inSources.filter(each => each === code).length)
  expect(missing).toEqual([])
})

test('a sentence ends as one, and neither shouts nor begs', ({ expect }) => {
  for (const { message, hint = '', left = '' } of errors) {
    expect(message).toMatch(language === 'en' ? /[.]$/ : /[。]$/)
    expect(message + hint + left).not.toMatch(/!|please|invalid|^error/i)
  }
})

test('no code is left without an example', ({ expect }) => {
  expect(codes.filter(code => !errors.some(error => error.code === code))).toEqual([])
})
