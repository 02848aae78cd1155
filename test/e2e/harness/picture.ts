import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import { PICTURES } from './browser.ts'

const REFERENCES = join(import.meta.dirname, '../pictures')

/** How the edges of letters are drawn differs a little from one version of Chromium to the next. */
const UNSEEN = 0.15

/**
 * How many pixels of a picture differ from the stored one, both of half the size. Keeps the picture as it was taken and,
 * where it differs, in which places. With KDE_TP_PICTURES=write it is stored instead.
 */
export function differenceOf(name: string, taken: Buffer): number {
  mkdirSync(PICTURES, { recursive: true })
  writeFileSync(join(PICTURES, `${name}.png`), taken)
  const reference = join(REFERENCES, `${name}.png`)
  const small = halved(PNG.sync.read(taken))
  if (process.env['KDE_TP_PICTURES'] === 'write') store(reference, small)
  if (!existsSync(reference)) throw new Error(`There is no ${reference}. KDE_TP_PICTURES=write stores one.`)
  return differing(name, PNG.sync.read(readFileSync(reference)), small)
}

function differing(name: string, one: PNG, other: PNG): number {
  const { width, height } = one
  if (width !== other.width || height !== other.height) return Number.POSITIVE_INFINITY
  const difference = new PNG({ width, height })
  const count = pixelmatch(one.data, other.data, difference.data, width, height, { threshold: UNSEEN })
  if (count > 0) writeFileSync(join(PICTURES, `${name}.differs.png`), PNG.sync.write(difference))
  return count
}

function store(path: string, picture: PNG): void {
  mkdirSync(REFERENCES, { recursive: true })
  // As small as this library can.
  const options = { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 } as const
  writeFileSync(path, PNG.sync.write(picture, options))
}

const LEVELS = 15

/** Half as wide and high, with 16 levels of each colour: a quarter of the bytes, and all that one looks for. */
function halved({ width, height, data }: PNG): PNG {
  const half = new PNG({ width: width >> 1, height: height >> 1 })
  const line = width * 4
  for (let at = 0; at < half.data.length; at++) {
    const pixel = at >> 2
    const from = Math.floor(pixel / half.width) * 2 * line + (pixel % half.width) * 8 + (at & 3)
    const sum = [0, 4, line, line + 4].reduce((total, next) => total + (data[from + next] ?? 0), 0)
    half.data[at] = Math.round((sum / 4 / 255) * LEVELS) * (255 / LEVELS)
  }
  return half
}
