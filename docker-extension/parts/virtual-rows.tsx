import { Box, type BoxProps } from '@mui/material'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'

interface Shown extends Omit<BoxProps, 'children'> {
  readonly count: number
  /** In pixels, as all lengths here. */
  readonly rowHeight: number
  readonly height: number
  readonly row: (index: number) => ReactNode
  /** Stays at the end while rows are added. */
  readonly isFollowing?: boolean
  /** Is brought into view when it changes. */
  readonly active?: number | undefined
}

const BEYOND = 10

/** Draws of many rows those that can be seen. All have one height. */
export function VirtualRows({ count, rowHeight, height, row, isFollowing, active, sx, ...box }: Shown) {
  const element = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const { current } = element
    if (isFollowing && current !== null) current.scrollTop = count * rowHeight
  }, [isFollowing, count, rowHeight])
  useLayoutEffect(() => {
    const { current } = element
    if (active !== undefined && current !== null)
      current.scrollTop = within(active * rowHeight, current.scrollTop)
    function within(at: number, from: number): number {
      return Math.min(at, Math.max(from, at + rowHeight - height))
    }
  }, [active, rowHeight, height])
  const first = Math.max(0, Math.floor(top / rowHeight) - BEYOND)
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + BEYOND)
  return (
    <Box
      ref={element}
      tabIndex={0}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      sx={{ height, overflow: 'auto', position: 'relative', ...sx }}
      {...box}
    >
      <Box role="presentation" style={{ height: count * rowHeight, position: 'relative' }}>
        <Box
          role="presentation"
          style={{ position: 'absolute', top: first * rowHeight, minWidth: '100%', width: 'max-content' }}
        >
          {Array.from({ length: Math.max(0, last - first) }, (_, index) => row(first + index))}
        </Box>
      </Box>
    </Box>
  )
}
