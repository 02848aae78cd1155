import { Box } from '@mui/material'

interface Shown {
  /** The newest last. */
  readonly values: readonly number[]
  /** So many at most, of which the newest is at the right. */
  readonly most: number
  /** Says what is drawn. */
  readonly label: string
}

const HEIGHT = 16
/** So that a line at the edge is seen whole. */
const EDGE = 1

/** A small history as a line. */
export function Sparkline({ values, most, label }: Shown) {
  const highest = Math.max(1, ...values)
  const height = HEIGHT - 2 * EDGE
  const points = values.map((value, index) => {
    const fromRight = values.length - 1 - index
    return `${most - 1 - fromRight},${EDGE + height - (value / highest) * height}`
  })
  return (
    <Box
      component="svg"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${most - 1} ${HEIGHT}`}
      preserveAspectRatio="none"
      sx={{ width: 96, height: HEIGHT, flex: 'none', color: 'primary.main' }}
    >
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
    </Box>
  )
}
