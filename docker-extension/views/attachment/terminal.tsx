import '@xterm/xterm/css/xterm.css'
import { Alert, Box, Button, Typography, useTheme } from '@mui/material'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../../language/t.ts'
import type { Home, ShellOf } from '../../home/home.ts'
import { connect } from './connect-shell.ts'

interface Shown {
  readonly open: NonNullable<Home['shell']>
  readonly refusal: Home['refusal']
  readonly of: ShellOf
}

/** A terminal with a shell at its other end. */
export function Terminal({ open, refusal, of }: Shown) {
  const { palette } = useTheme()
  const element = useRef<HTMLDivElement>(null)
  const [attempt, setAttempt] = useState(0)
  const [isOver, setIsOver] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { background, foreground } = {
    background: palette.background.default,
    foreground: palette.text.primary,
  }
  const asked = JSON.stringify(of)
  // biome-ignore lint/correctness/useExhaustiveDependencies: Another attempt opens another shell.
  useEffect(() => {
    const { current } = element
    if (current === null) return
    const wish = JSON.parse(asked) as ShellOf
    setIsOver(false)
    setProblem(undefined)
    const onOver = (wasOpen: boolean): void => {
      setIsOver(true)
      if (!wasOpen) void refusal?.(wish).then(setProblem, () => undefined)
    }
    return connect(current, open(wish), { background, foreground }, onOver)
  }, [open, refusal, asked, attempt, background, foreground])
  return (
    <>
      {problem !== undefined && <Alert severity="error">{problem}</Alert>}
      <Box ref={element} sx={{ height: 440 }} role="group" aria-label={t`Shell in ${of.workload}`} />
      <Typography variant="body2" color="textSecondary">{t`Shift+Tab moves out of the shell.`}</Typography>
      {isOver && (
        <Button variant="outlined" onClick={() => setAttempt(attempt + 1)}>
          {t`The shell has ended. Open another`}
        </Button>
      )}
    </>
  )
}
