import '@xterm/xterm/css/xterm.css'
import { Box, Button, useTheme } from '@mui/material'
import { FitAddon } from '@xterm/addon-fit'
import { Terminal as Screen } from '@xterm/xterm'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../../language/t.ts'
import type { Home } from '../../home/home.ts'
import { withNonce } from './with-nonce.ts'

interface Shown {
  readonly open: NonNullable<Home['shell']>
  readonly namespace: string
  readonly workload: string
}

/** A terminal with a shell at its other end. */
export function Terminal({ open, namespace, workload }: Shown) {
  const { palette } = useTheme()
  const element = useRef<HTMLDivElement>(null)
  const [attempt, setAttempt] = useState(0)
  const [isOver, setIsOver] = useState(false)
  const colours = { background: palette.background.default, foreground: palette.text.primary }
  // biome-ignore lint/correctness/useExhaustiveDependencies: Another attempt opens another shell.
  useEffect(() => {
    const { current } = element
    if (current === null) return
    setIsOver(false)
    return connect(current, open({ namespace, workload }), colours, () => setIsOver(true))
  }, [open, namespace, workload, attempt, colours.background])
  return (
    <>
      <Box ref={element} sx={{ height: 440 }} role="group" aria-label={t`Shell in ${workload}`} />
      {isOver && (
        <Button variant="outlined" onClick={() => setAttempt(attempt + 1)}>
          {t`The shell has ended. Open another`}
        </Button>
      )}
    </>
  )
}

interface Colours {
  readonly background: string
  readonly foreground: string
}

/** Joins screen and shell: binary frames are what is shown and typed, and a text frame is the screen's size. */
function connect(element: HTMLElement, socket: WebSocket, theme: Colours, onOver: () => void): () => void {
  const screen = new Screen({
    theme: { ...theme, cursor: theme.foreground },
    fontSize: 13,
    screenReaderMode: true,
  })
  const fit = new FitAddon()
  screen.loadAddon(fit)
  withNonce(() => screen.open(element))
  const isOpen = (): boolean => socket.readyState === WebSocket.OPEN
  const encoder = new TextEncoder()
  const tellSize = (): void => {
    fit.fit()
    if (isOpen()) socket.send(JSON.stringify({ columns: screen.cols, rows: screen.rows }))
  }
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => {
    tellSize()
    screen.focus()
  }
  socket.onmessage = ({ data }) => screen.write(typeof data === 'string' ? data : new Uint8Array(data))
  socket.onclose = onOver
  screen.onData(text => isOpen() && socket.send(encoder.encode(text)))
  const observer = new ResizeObserver(tellSize)
  observer.observe(element)
  return () => {
    observer.disconnect()
    socket.onclose = null
    socket.close()
    screen.dispose()
  }
}
