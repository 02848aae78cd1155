import widthOf from 'fast-string-width'
import { inject, test } from 'vitest'
import { commands } from '../../cli-plugin/commands.ts'
import { commandHelp, programHelp } from '../../cli-plugin/output/help.ts'

const language = inject('language')
const folder = { en: 'help', 'zh-TW': 'help/zh-TW' }[language]
const PAGE = { en: 'commands.md', 'zh-TW': 'commands.zh-TW.md' }[language]
const HEAD = {
  en: '# Commands\n\nThis page is made from the program itself by `npm run golden`. Each may be called as `docker kde-tp`, as `docker kdetp`\nand as `kde-tp`.\n',
  'zh-TW':
    '# 指令\n\n這一頁由程式本身產生（`npm run golden`）。每個指令都可以寫成 `docker kde-tp`、`docker kdetp` 或 `kde-tp`。\n',
}[language]
const loaded = await Promise.all(Object.values(commands).map(load => load()))

test('what --help tells of the program', async ({ expect }) => {
  await expect(programHelp('docker kde-tp', loaded, '1.2.3')).toMatchFileSnapshot(
    `${folder}/program.golden.txt`,
  )
})

test.for(loaded.filter(({ hidden }) => hidden === undefined))(
  'what --help tells of $name',
  async (command, { expect }) => {
    const help = commandHelp('docker kde-tp', command)
    await expect(help).toMatchFileSnapshot(`${folder}/${command.name}.golden.txt`)
    for (const line of help.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(120)
  },
)

test('the guide has the help of each command', async ({ expect }) => {
  const shown = loaded.filter(({ hidden }) => hidden === undefined)
  const sections = shown.map(
    command => `## ${command.name}\n\n\`\`\`\n${commandHelp('docker kde-tp', command).trim()}\n\`\`\`\n`,
  )
  await expect([HEAD, ...sections].join('\n')).toMatchFileSnapshot(`../../docs/guide/${PAGE}`)
})
