import { Box } from '@mui/material'

/** What a command has said beside its answer. */
export function Remarks({ remarks }: { readonly remarks: readonly string[] }) {
  if (remarks.length === 0) return null
  return (
    <Box component="ul" sx={{ m: 0, pl: 2.5, color: 'text.secondary', overflowWrap: 'anywhere' }}>
      {remarks.map(remark => (
        <li key={remark}>{remark}</li>
      ))}
    </Box>
  )
}
