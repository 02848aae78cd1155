import { test } from 'vitest'
import { assertNotExpired } from '../../../cli-plugin/surroundings/check-expiry.ts'

/** Good from 2020-01-01 to 2020-02-01. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBAjCBqQIBATAKBggqhkjOPQQDAjANMQswCQYDVQQDDAJjYTAeFw0yMDAxMDEw
MDAwMDBaFw0yMDAyMDEwMDAwMDBaMA4xDDAKBgNVBAMMA2FkYTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABBq/WfIluMuuNPcAA7vw9lf0QDQgxRIZZRJHTPAkmhmw
VfLbTPGsGzCTlVlRT+h8lsLQNJ7bgn54e2mEXGVD/MwwCgYIKoZIzj0EAwIDSAAw
RQIhAJ3xSa/d1USQXnGH49fmBRzKpqk1OewIEnwNDA1bAzLYAiAe9SzHvcEhq/xg
4BSr71oc1zYEW46wUWn32nTbfK+QBg==
-----END CERTIFICATE-----
`
const base64 = (text: string) => Buffer.from(text).toString('base64')
const kubeconfigOf = (user: object) => ({ users: [{ name: 'ada', user }] })
const certificate = kubeconfigOf({ 'client-certificate-data': base64(CERTIFICATE) })
const token = kubeconfigOf({ token: `h.${Buffer.from('{"exp":1580515200}').toString('base64url')}.s` })

test.for([
  ['client certificate', certificate],
  ['token', token],
] as const)('a %s that is over is refused, and when it ended is said', ([what, kubeconfig], { expect }) => {
  const message = `The ${what} in /w/config expired at 2020-02-01T00:00:00.000Z.`
  const check = (now: string) => () => assertNotExpired(kubeconfig, '/w/config', Date.parse(now))
  expect(check('2020-02-01T00:00:01Z')).toThrow(
    expect.objectContaining({ code: 'CREDENTIAL_EXPIRED', message }),
  )
  expect(check('2020-01-31T23:59:59Z')).not.toThrow()
})

test.for([
  {},
  { token: 'opaque' },
  { token: 'a.b.c' },
  { token: `a.${base64('{"sub":"ada"}')}.c` },
  { 'client-certificate-data': 'bm9uZQ==' },
])('of %j only the API server knows', (user, { expect }) => {
  expect(() => assertNotExpired(kubeconfigOf(user), '/w/config', Number.MAX_SAFE_INTEGER)).not.toThrow()
})
