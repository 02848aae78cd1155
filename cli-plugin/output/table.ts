import truncate from 'fast-string-truncated-width'
import widthOf from 'fast-string-width'

/** Columns wide as their longest cell, three blanks apart, as docker has them. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => widthOf(row[column] ?? ''))))
  return rows
    .map(row =>
      row
        .map((cell, column) => padded(cell, (widths[column] ?? 0) + 3))
        .join('')
        .trimEnd(),
    )
    .join('\n')
}

/** A text and blanks, together as wide as so many columns: a Chinese letter takes two of a terminal. */
export const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - widthOf(text)))

const LONGEST = 70

/** One line of at most so many columns. */
export function cell(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  const { index, ellipsed } = truncate(line, { limit: LONGEST, ellipsis: '…', ellipsisWidth: 1 })
  return ellipsed ? `${line.slice(0, index)}…` : line
}
