import widthOf from 'fast-string-width'
import { inject, test } from 'vitest'
import { commands } from '../../cli-plugin/commands.ts'
import { commandHelp, programHelp } from '../../cli-plugin/output/help.ts'

const folder = { en: 'help', 'zh-TW': 'help/zh-TW' }[inject('language')]
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
