export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (low + high) / 2
}

const RESAMPLES = 2000

/** The lower end of the 95 % interval of median(a) / median(b), by the percentile bootstrap. */
export function lowerEndOfRatio(a: readonly number[], b: readonly number[]): number {
  const ratios = Array.from({ length: RESAMPLES }, () => median(resample(a)) / median(resample(b)))
  return ratios.toSorted((one, other) => one - other)[Math.floor(RESAMPLES * 0.025)] ?? Number.NaN
}

const resample = (values: readonly number[]): readonly number[] =>
  values.map(() => values[Math.floor(Math.random() * values.length)] ?? Number.NaN)
