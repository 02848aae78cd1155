import { Box, Stack, Typography } from '@mui/material'
import { type ReactNode, useEffect, useRef } from 'react'

interface Shown {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** One view. Its heading takes the focus, so that who does not see the page learns where they are. */
export function Page({ title, actions, children }: Shown) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · kde-tp`
    heading.current?.focus({ preventScroll: true })
  }, [title])
  return (
    <Box component="main" sx={{ px: 3, py: 2, maxWidth: 1280, mx: 'auto', width: '100%' }}>
      <Stack
        direction="row"
        spacing={2}
        sx={{ mb: 2, alignItems: 'center', justifyContent: 'space-between' }}
      >
        <Typography
          variant="h1"
          ref={heading}
          tabIndex={-1}
          sx={{ outline: 'none', overflowWrap: 'anywhere' }}
        >
          {title}
        </Typography>
        <Stack direction="row" spacing={1}>
          {actions}
        </Stack>
      </Stack>
      <Stack spacing={2}>{children}</Stack>
    </Box>
  )
}
