const DURATION = /^([-+]?)((?:\d+(?:\.\d+)?(?:h|ms|m|s))+)$/
const PART = /(\d+(?:\.\d+)?)(h|ms|m|s)/g
const MILLISECONDS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }
const SECONDS = /^\d+(\.\d{1,9})?$/
const DAY = /^\d{4}-\d\d-\d\d$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:?\d\d)?$/

/**
 * A moment as docker takes it: how long before now (`1h30m`), seconds since 1970, or RFC 3339, which without a zone is
 * this computer's time. Milliseconds since 1970; undefined where it is none of these.
 */
export function parseMoment(typed: string, now: number): number | undefined {
  const [, sign, parts] = DURATION.exec(typed) ?? []
  if (parts !== undefined) return now - (sign === '-' ? -1 : 1) * lengthOf(parts)
  if (SECONDS.test(typed)) return Number(typed) * 1000
  if (!DAY.test(typed) && !TIME.test(typed)) return undefined
  const moment = Date.parse(DAY.test(typed) ? `${typed}T00:00` : typed)
  return Number.isNaN(moment) ? undefined : moment
}

const lengthOf = (parts: string): number =>
  [...parts.matchAll(PART)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (MILLISECONDS[unit] ?? 0),
    0,
  )
