import { Button } from '@mui/material'
import { t } from '../../../language/t.ts'
import type { RunView } from '../../../session/view.ts'

interface Answer {
  readonly option: string
  readonly label: string
}

const YES: Answer = { option: '--yes', label: t`Do it all the same` }

/** Where the command asks a person, or wants it said. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  NOT_YOURS: YES,
  SESSION_DIFFERS: YES,
  TRAFFIC_MANAGER_MISSING: {
    option: '--install-traffic-manager',
    label: t`Install it in the cluster, and attach`,
  },
}

interface Shown {
  readonly error: NonNullable<RunView['error']>
  readonly words: readonly string[]
  readonly attach: (words: readonly string[]) => void
}

/** Where the command would have asked. */
export function AllTheSame({ error, words: [mode = '', ...rest], attach }: Shown) {
  const answer = ANSWERS[error.code]
  if (answer === undefined || rest.includes(answer.option)) return null
  return (
    <Button variant="outlined" color="error" onClick={() => attach([mode, answer.option, ...rest])}>
      {answer.label}
    </Button>
  )
}
