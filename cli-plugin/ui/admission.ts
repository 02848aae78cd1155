import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Who may see the page: whoever brought the token first, and has had a cookie for it. */
export interface Admission {
  readonly token: string
  /**
   * Where everything is, as `/x1y2…/`. Browsers show a cookie to every port of a host, but to no path that it is not
   * for: other servers on this computer never hear of this one's.
   */
  readonly base: string
  /** Header for whoever brings the token for the first time; undefined for all others. */
  admit(token: string): string | undefined
  /** By the header that the browser sent. */
  isAdmitted(cookies: string | undefined): boolean
}

const COOKIE = 'kde-tp'

export function createAdmission(): Admission {
  const [token, secret, place] = [random(32), random(32), random(16)]
  const base = `/${place}/`
  let isUsed = false
  return {
    token,
    base,
    admit(brought) {
      if (isUsed || !isSame(brought, token)) return undefined
      isUsed = true
      return `${COOKIE}=${secret}; Path=${base}; HttpOnly; SameSite=Strict`
    },
    isAdmitted: cookies => (cookies ?? '').split('; ').some(cookie => isSame(cookie, `${COOKIE}=${secret}`)),
  }
}

const random = (bytes: number): string => randomBytes(bytes).toString('base64url')

/** Takes as long whatever they differ in. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
