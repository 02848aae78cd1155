type Dimensions = Readonly<Record<string, readonly string[]>>
export type Combination<D extends Dimensions> = { readonly [K in keyof D]: D[K][number] }

/** Combinations in which each possible pair of values occurs: the one that adds most pairs, again and again. */
export function pairwise<const D extends Dimensions>(
  dimensions: D,
  isPossible: (combination: Combination<D>) => boolean,
): readonly Combination<D>[] {
  const possible = product(dimensions).filter(isPossible)
  const missing = new Set(possible.flatMap(pairsOf))
  const chosen: Combination<D>[] = []
  while (missing.size > 0) {
    const gain = (each: Combination<D>): number => pairsOf(each).filter(pair => missing.has(pair)).length
    const best = possible.reduce((one, other) => (gain(other) > gain(one) ? other : one))
    for (const pair of pairsOf(best)) missing.delete(pair)
    chosen.push(best)
  }
  return chosen
}

const product = <D extends Dimensions>(dimensions: D): readonly Combination<D>[] =>
  Object.entries(dimensions).reduce<readonly Combination<D>[]>(
    (combinations, [name, values]) =>
      values.flatMap(value => combinations.map(combination => ({ ...combination, [name]: value }))),
    [{} as Combination<D>],
  )

function pairsOf(combination: Readonly<Record<string, string>>): readonly string[] {
  const values = Object.entries(combination).map(([name, value]) => `${name}=${value}`)
  return values.flatMap((one, index) => values.slice(index + 1).map(other => `${one} ${other}`))
}
