import { Button } from '@mui/material'
import { t } from '../../language/t.ts'
import type { RunView } from '../../session/view.ts'
import { ErrorNotice } from './error-notice.tsx'

interface Shown {
  readonly error: NonNullable<RunView['error']>
  readonly end: () => void
}

/** What failed; what is somebody else's can be ended after another click. */
export const OthersNotice = ({ error, end }: Shown) => (
  <ErrorNotice error={error}>
    {error.code === 'NOT_YOURS' && (
      <Button variant="outlined" color="error" onClick={end}>
        {t`End it all the same`}
      </Button>
    )}
  </ErrorNotice>
)
