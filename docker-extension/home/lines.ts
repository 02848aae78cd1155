/** Makes lines of text that comes in pieces, which may end anywhere. */
export function byLine(tell: (line: string) => void) {
  let begun = ''
  return {
    take(piece: string): void {
      const [first = '', ...rest] = piece.split('\n')
      begun += first
      for (const next of rest) {
        tell(begun.replace(/\r$/, ''))
        begun = next
      }
    },
    /** What is left has no end of line. */
    end(): void {
      if (begun !== '') tell(begun)
      begun = ''
    },
  }
}
