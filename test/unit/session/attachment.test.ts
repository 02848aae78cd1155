import { test } from 'vitest'
import {
  type Attachment,
  parseAttachmentLabel,
  parsePort,
  portsText,
  refuseLocalPort,
  sameAttachment,
  toAttachmentLabel,
} from '../../../session/attachment.ts'

const attachment: Attachment = {
  mode: 'intercept',
  workload: 'api',
  ports: [
    { local: 8080, remote: 'http' },
    { local: 9090, remote: '9000' },
  ],
  agent: 'sidecar',
}

test('an attachment comes back from its label as it was', ({ expect }) => {
  expect(parseAttachmentLabel(toAttachmentLabel(attachment))).toEqual(attachment)
})

test.for([
  undefined,
  '',
  'null',
  '{',
  '[]',
  '{"mode":"intercept"}',
  JSON.stringify({ ...attachment, mode: 'mode-of-a-newer-version' }),
])('the label %s is no attachment that we can read', (label, { expect }) => {
  expect(parseAttachmentLabel(label)).toBeUndefined()
})

test.for([
  ['8080:http', { local: 8080, remote: 'http' }],
  ['1:80', { local: 1, remote: '80' }],
  ['65535:a-b', { local: 65535, remote: 'a-b' }],
  ['53:dns/UDP', { local: 53, remote: 'dns/udp' }],
  ['8080', '"8080" is not LOCAL:REMOTE, as 8080:http or 8080:80.'],
  ['8080:', '"8080:" is not LOCAL:REMOTE, as 8080:http or 8080:80.'],
  ['1:2:3', '"1:2:3" is not LOCAL:REMOTE, as 8080:http or 8080:80.'],
  [':http', '"" is not a port: a number from 1 to 65535 is.'],
  ['http:8080', '"http" is not a port: a number from 1 to 65535 is.'],
  ['0:http', '"0" is not a port: a number from 1 to 65535 is.'],
] as const)('--port %s is %o', ([typed, port], { expect }) => {
  expect(parsePort(typed)).toEqual(port)
})

test.for(['0', '65536', '-1', '1.5', '1e3', '0x50', ' 80', '', 'http'])(
  '%j is no local port',
  (typed, { expect }) => {
    expect(refuseLocalPort(typed)).toBe(`"${typed}" is not a port: a number from 1 to 65535 is.`)
  },
)

test('the order of its ports makes no other attachment, and everything else does', ({ expect }) => {
  expect(sameAttachment(attachment, { ...attachment, ports: attachment.ports.toReversed() })).toBe(true)
  expect(sameAttachment(attachment, { ...attachment, agent: 'node' })).toBe(false)
  expect(sameAttachment(attachment, { ...attachment, workload: 'worker' })).toBe(false)
  expect(sameAttachment(attachment, { ...attachment, ports: attachment.ports.slice(1) })).toBe(false)
  expect(sameAttachment(attachment, { ...attachment, mode: 'wiretap' })).toBe(false)
  expect(sameAttachment(attachment, { ...attachment, headers: ['x-user'] })).toBe(false)
  expect(sameAttachment(attachment, { ...attachment, container: undefined })).toBe(true)
  expect(portsText({ ...attachment, ports: attachment.ports.toReversed() })).toBe('8080:http, 9090:9000')
})
