import { X509Certificate } from 'node:crypto'
import * as z from 'zod/mini'
import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'

const Flat = z.object({
  users: z.array(
    z.object({
      user: z.looseObject({
        'client-certificate-data': z.optional(z.string()),
        token: z.optional(z.string()),
      }),
    }),
  ),
})
const Claims = z.object({ exp: z.number() })

/** Throws CREDENTIAL_EXPIRED where a flattened kubeconfig says itself that it is out of date. `now` is in milliseconds. */
export function assertNotExpired(kubeconfig: object, path: string, now: number): void {
  const ends = Flat.parse(kubeconfig).users.flatMap(({ user }) => [
    { what: 'certificate' as const, at: endOfCertificate(user['client-certificate-data'] ?? '') },
    { what: 'token' as const, at: endOfToken(user.token ?? '') },
  ])
  const over = ends.find(({ at }) => at < now)
  if (over !== undefined) throw expired(over.what, path, over.at)
}

function expired(what: 'certificate' | 'token', path: string, at: number): KdeTpError {
  const time = new Date(at).toISOString()
  const message = {
    certificate: t`The client certificate in ${path} expired at ${time}.`,
    token: t`The token in ${path} expired at ${time}.`,
  }[what]
  return new KdeTpError('CREDENTIAL_EXPIRED', message, {
    hint: t`Get a new one from where you got this one, as by logging in again.`,
  })
}

/** Never, for what cannot be read here: that is for the API server to judge. */
function endOfCertificate(data: string): number {
  try {
    return Date.parse(new X509Certificate(Buffer.from(data, 'base64')).validTo)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** Service accounts and identity providers give JSON Web Tokens, which say it; other tokens do not. */
function endOfToken(token: string): number {
  try {
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
    return Claims.parse(JSON.parse(claims)).exp * 1000
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
