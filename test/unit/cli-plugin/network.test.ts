import { test } from 'vitest'
import { hostRoutes } from '../../../cli-plugin/attach/network.ts'

test("the host's routes are read from the kernel's table", ({ expect }) => {
  const table = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    'eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0',
    'eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    'tun0\t80D50A0A\t00000000\t0001\t0\t0\t0\tC0FFFFFF\t0\t0\t0',
    'wg0\t0501A8C0\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0',
    '',
  ].join('\n')
  expect(hostRoutes(table)).toEqual(['0.0.0.0/0', '172.17.0.0/16', '10.10.213.128/26', '192.168.1.5/32'])
})

test('a system without such a table has no routes that we know', ({ expect }) => {
  expect(hostRoutes('')).toEqual([])
})
