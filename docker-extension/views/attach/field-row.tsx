import { Stack } from '@mui/material'
import type { ReactNode } from 'react'

/** Fields beside each other, as many as there is room for. */
export const FieldRow = ({ children }: { readonly children: ReactNode }) => (
  <Stack direction="row" useFlexGap spacing={1.5} sx={{ flexWrap: 'wrap', '& > *': { flex: '1 1 220px' } }}>
    {children}
  </Stack>
)
