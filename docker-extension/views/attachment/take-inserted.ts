import type { Terminal } from '@xterm/xterm'

/**
 * Takes what comes into a screen without a key and without an input method, as from a picker of emoji or by dictation. In
 * its mode for screen readers xterm.js 6.0 leaves that out (`_inputEvent` of CoreBrowserTerminal), since there each key
 * puts its letter into the field too.
 */
export function takeInserted(screen: Terminal): void {
  const { textarea } = screen
  let isKeyDown = false
  textarea?.addEventListener('keydown', () => {
    isKeyDown = true
  })
  textarea?.addEventListener('keyup', () => {
    isKeyDown = false
  })
  textarea?.addEventListener('input', event => {
    const { inputType, data, isComposing } = event as InputEvent
    if (inputType === 'insertText' && data !== null && !isComposing && !isKeyDown) screen.input(data)
  })
}
