/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** So many of a list, in its order: with `scripts/test --all` all of them. */
export function partOf<T>(list: readonly T[], count: number): readonly T[] {
  const { KDE_TP_TEST_AMOUNT: amount, KDE_TP_TEST_SEED: seed } = process.env
  if (amount === 'all') return list
  const random = randomFrom(Number(seed ?? 0))
  const drawn = list.map((item, index) => ({ item, index, rank: random() }))
  const kept = drawn.toSorted((a, b) => a.rank - b.rank).slice(0, count)
  return kept.toSorted((a, b) => a.index - b.index).map(({ item }) => item)
}
