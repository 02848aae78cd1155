import fc from 'fast-check'
import { test } from 'vitest'
import { chooseSubnet, parseCidr } from '../../../compose/subnet.ts'

test.for([
  { taken: [], chosen: '10.213.0.0/24' },
  { taken: ['0.0.0.0/0'], chosen: '10.213.0.0/24' },
  { taken: ['10.213.0.0/25'], chosen: '10.213.1.0/24' },
  { taken: ['10.213.0.128/32', '10.213.2.0/24'], chosen: '10.213.1.0/24' },
  { taken: ['10.213.1.7/23'], chosen: '10.213.2.0/24' },
  { taken: ['10.0.0.0/8'], chosen: '192.168.200.0/24' },
  { taken: ['10.0.0.0/8', '192.168.0.0/16'], chosen: '172.31.192.0/24' },
  { taken: ['10.0.0.0/8', '192.168.0.0/16', '172.16.0.0/12'], chosen: undefined },
  { taken: ['fd00::/8', 'nonsense', ''], chosen: '10.213.0.0/24' },
])('with $taken taken, $chosen is free', ({ taken, chosen }, { expect }) => {
  expect(chooseSubnet(taken)).toBe(chosen)
})

test.for([
  ['10.1.2.3/8', { first: 0x0a000000, last: 0x0affffff }],
  ['255.255.255.255/32', { first: 0xffffffff, last: 0xffffffff }],
  ['128.0.0.0/1', { first: 0x80000000, last: 0xffffffff }],
  ['0.0.0.0/0', undefined],
  ['256.0.0.0/8', undefined],
  ['10.0.0.0/33', undefined],
  ['10.0.0.0', undefined],
  ['10.0.0/8', undefined],
  ['::/0', undefined],
] as const)('%s is the range %o', ([cidr, range], { expect }) => {
  expect(parseCidr(cidr)).toEqual(range)
})

test('the chosen subnet holds no address of a taken one', ({ expect }) => {
  const octet = fc.integer({ min: 0, max: 255 })
  // Most of them near the candidates, where a mistake would show.
  const address = fc.oneof(
    fc.tuple(fc.constantFrom('10.213', '192.168', '172.31'), octet, octet).map(parts => parts.join('.')),
    fc.tuple(octet, octet, octet, octet).map(parts => parts.join('.')),
  )
  const cidr = fc.tuple(address, fc.integer({ min: 1, max: 32 })).map(parts => parts.join('/'))
  fc.assert(
    fc.property(fc.array(cidr, { maxLength: 30 }), taken => {
      const chosen = parseCidr(chooseSubnet(taken) ?? '')
      if (chosen === undefined) return
      for (const range of taken.map(parseCidr)) {
        expect(range === undefined || range.last < chosen.first || chosen.last < range.first).toBe(true)
      }
    }),
  )
})
