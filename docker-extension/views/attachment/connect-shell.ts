import { FitAddon } from '@xterm/addon-fit'
import { Terminal as Screen } from '@xterm/xterm'
import { takeInserted } from './take-inserted.ts'
import { textFrame } from './text-frame.ts'
import { withNonce } from './with-nonce.ts'

interface Colours {
  readonly background: string
  readonly foreground: string
}

/**
 * Joins a screen and a shell: binary frames are what is shown and typed, and text frames are about that. Returns what ends
 * both.
 */
export function connect(
  element: HTMLElement,
  socket: WebSocket,
  theme: Colours,
  onOver: (wasOpen: boolean) => void,
): () => void {
  const screen = new Screen({
    theme: { ...theme, cursor: theme.foreground },
    fontSize: 13,
    screenReaderMode: true,
  })
  const fit = new FitAddon()
  screen.loadAddon(fit)
  withNonce(() => screen.open(element))
  takeInserted(screen)
  // All other keys are the shell's, so without this nobody would get out by keyboard.
  screen.attachCustomKeyEventHandler(({ key, shiftKey }) => !(key === 'Tab' && shiftKey))
  let wasOpen = false
  const send = (data: string | Uint8Array<ArrayBuffer>): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(data)
  }
  const tellSize = (): void => {
    fit.fit()
    send(JSON.stringify({ columns: screen.cols, rows: screen.rows }))
  }
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => {
    wasOpen = true
    tellSize()
    screen.focus()
  }
  socket.onmessage = ({ data }) =>
    screen.write(typeof data === 'string' ? textFrame(data) : new Uint8Array(data as ArrayBuffer))
  socket.onclose = () => onOver(wasOpen)
  const encoder = new TextEncoder()
  screen.onData(text => send(encoder.encode(text)))
  screen.onBinary(text => send(Uint8Array.from(text, letter => letter.charCodeAt(0))))
  const observer = new ResizeObserver(tellSize)
  observer.observe(element)
  return () => {
    observer.disconnect()
    socket.onclose = null
    socket.close()
    screen.dispose()
  }
}
