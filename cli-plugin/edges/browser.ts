import { execa } from 'execa'

/** Opens an address in the person's browser. Nothing happens where there is none. */
export type OpenBrowser = (url: string) => void

export const openBrowser: OpenBrowser = url => {
  const [program, ...args] = opener()
  if (program === undefined) return
  // Some browsers end only with their last window: nobody waits for it.
  void execa(program, [...args, url], { reject: false, stdio: 'ignore', detached: true, cleanup: false })
}

/** Without a screen xdg-open would take the terminal for a browser of text. */
function opener(): readonly string[] {
  if (process.platform === 'darwin') return ['open']
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? ['xdg-open'] : []
}
