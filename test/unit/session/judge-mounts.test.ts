import { expect, test } from 'vitest'
import { assertMountsLive, isMountPoint, mountOf, mountPointsBelow } from '../../../session/judge-mounts.ts'

const MOUNTS = [
  '25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
  '30 25 0:30 / /home rw master:2 - ext4 /dev/sdb1 rw',
  '31 25 0:31 / /home/a\\040b rw shared:7 master:2 - ext4 /dev/sdc1 rw',
  '32 31 0:32 / /home/a\\040b rw - tmpfs tmpfs rw',
  '',
].join('\n')

test.each([
  ['/src/shop', { path: '/', isShared: true }],
  ['/home/ada', { path: '/home', isShared: false }],
  ['/homestead', { path: '/', isShared: true }],
  ['/home/a b/shop', { path: '/home/a b', isShared: false }],
])('%s lies on the last mount that covers it', (path, expected) => {
  expect(mountOf(path, MOUNTS)).toEqual(expected)
})

test('a mount point is told from what lies below it', () => {
  expect(isMountPoint('/home/a b', MOUNTS)).toBe(true)
  expect(isMountPoint('/home/a b/shop', MOUNTS)).toBe(false)
})

test('what is mounted below a directory is told, and not what is mounted on it', () => {
  expect(mountPointsBelow('/home', MOUNTS)).toEqual(['/home/a b', '/home/a b'])
  expect(mountPointsBelow('/home/a b', MOUNTS)).toEqual([])
  expect(mountPointsBelow('/src', MOUNTS)).toEqual([])
})

const place = { isHere: true, isDesktop: false, isRootless: false, mounts: MOUNTS, directory: '/src/shop' }

test('volumes are shown live on an engine that is here, below a shared mount', () => {
  expect(() => assertMountsLive(place)).not.toThrow()
})

test.each([
  ['is on another computer', { isHere: false }],
  ['is on another computer', { mounts: undefined }],
  ['a machine of its own', { isDesktop: true }],
  ['rootless', { isRootless: true }],
  ['/home is a private mount', { directory: '/home/ada' }],
])('%s: refused, and a copy is named', (reason, differing) => {
  const refused = () => assertMountsLive({ ...place, ...differing })
  expect(refused).toThrow(reason)
  expect(refused).toThrow(expect.objectContaining({ hint: expect.stringContaining('--mount=copy') }))
})
