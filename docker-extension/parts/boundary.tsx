import { Alert, AlertTitle, Button, Stack } from '@mui/material'
import { Component, type ReactNode } from 'react'
import { t } from '../../language/t.ts'

interface State {
  readonly problem: string | undefined
}

/** Says so where a view cannot be shown, as when its code does not come any more. */
export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override readonly state: State = { problem: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { problem: String(error) }
  }

  override render(): ReactNode {
    const { problem } = this.state
    if (problem === undefined) return this.props.children
    return (
      <Alert severity="error" variant="outlined" sx={{ m: 3 }}>
        <AlertTitle>{t`This view cannot be shown.`}</AlertTitle>
        <Stack spacing={1} sx={{ alignItems: 'flex-start' }}>
          <span>{problem}</span>
          <strong>{t`Look whether kde-tp still runs, and load the page again.`}</strong>
          <Button variant="outlined" color="inherit" onClick={() => window.location.reload()}>
            {t`Load the page again`}
          </Button>
        </Stack>
      </Alert>
    )
  }
}
