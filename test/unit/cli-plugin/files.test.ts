import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { files } from '../../../cli-plugin/edges/files.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kde-tp-files-')))
afterAll(() => rmSync(folder, { recursive: true }))

test('what is not there is no error, and neither is a directory in its place', ({ expect }) => {
  expect(files.readText(join(folder, 'nothing'))).toBeUndefined()
  expect(files.readText(folder)).toBeUndefined()
  expect(files.listDirectories(join(folder, 'nothing'))).toEqual([])
  expect(files.realDirectory(join(folder, 'nothing'))).toBeUndefined()
  expect(files.groupOf(join(folder, 'nothing'))).toBeUndefined()
})

test('what cannot be read is named', ({ expect }) => {
  const loop = join(folder, 'loop')
  symlinkSync('loop', loop)
  const error = expect.objectContaining({ code: 'FILE_UNREADABLE', message: `${loop} cannot be read.` })
  expect(() => files.readText(loop)).toThrow(error)
})

test('what cannot be written is named, and no draft of it is left', ({ expect }) => {
  const place = join(folder, 'place')
  mkdirSync(join(place, 'config'), { recursive: true })
  const unwritable = (path: string) =>
    expect.objectContaining({ code: 'FILE_UNWRITABLE', message: `${path} cannot be written.` })
  expect(() => files.writeText(join(place, 'config'), 'text', 0o600)).toThrow(
    unwritable(join(place, 'config')),
  )
  expect(readdirSync(place)).toEqual(['config'])
  writeFileSync(join(place, 'file'), '')
  const inside = join(place, 'file/directory')
  expect(() => files.makeDirectory(inside, 0o700)).toThrow(unwritable(inside))
})

test('a directory is one, however many links lead to it', ({ expect }) => {
  mkdirSync(join(folder, 'one place'))
  symlinkSync('one place', join(folder, 'link'))
  expect(files.realDirectory(join(folder, 'link'))).toBe(join(folder, 'one place'))
})

test('a place that is not there yet can be written where the nearest directory above it can', ({
  expect,
}) => {
  expect(() => files.assertWritable(join(folder, 'one place/not/there'))).not.toThrow()
  const refused = expect.objectContaining({ code: 'FILE_UNWRITABLE' })
  expect(() => files.assertWritable('/proc/sys/not/there')).toThrow(refused)
})
