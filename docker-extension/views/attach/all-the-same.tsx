import { Button } from '@mui/material'
import { t } from '../../../language/t.ts'
import type { RunView } from '../../../session/view.ts'

/** What `--yes` answers. */
const ASKED: ReadonlySet<string> = new Set(['NOT_YOURS', 'SESSION_DIFFERS'])

interface Shown {
  readonly error: NonNullable<RunView['error']>
  readonly words: readonly string[]
  readonly attach: (words: readonly string[]) => void
}

/** Where the command would have asked. */
export function AllTheSame({ error, words: [mode = '', ...rest], attach }: Shown) {
  if (!ASKED.has(error.code) || rest.includes('--yes')) return null
  return (
    <Button variant="outlined" color="error" onClick={() => attach([mode, '--yes', ...rest])}>
      {t`Do it all the same`}
    </Button>
  )
}
