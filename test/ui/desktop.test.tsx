import { useTheme } from '@mui/material'
import { act, render, screen, within } from '@testing-library/react'
import { afterEach, test, vi } from 'vitest'
import { chooseHome } from '../../docker-extension/home/choose-home.ts'
import { desktopHome } from '../../docker-extension/home/desktop-home.ts'
import { DesktopTheme } from '../../docker-extension/theme/desktop-theme.tsx'
import { type FakeHome, fakeHome } from './fake-home.ts'
import { API, showPage } from './show-page.tsx'

afterEach(() => {
  vi.unstubAllGlobals()
  for (const name of ['ddClient', '__ddMuiV6Themes']) Reflect.deleteProperty(window, name)
})

type Stream = { onOutput(piece: { stdout: string }): void; onClose(exitCode: number): void }

/** Puts its client into the page, as Docker Desktop does before the page runs. What is run is answered as in `home`, in pieces. */
function injectClient(home: FakeHome) {
  const opened: string[] = []
  const exec = (_: string, words: readonly string[], { stream }: { readonly stream: Stream }) => {
    const end = new AbortController()
    const out = (line: string): void => {
      for (const stdout of `${line}\n`.match(/[\s\S]{1,100}/g) ?? [])
        if (!end.signal.aborted) stream.onOutput({ stdout })
    }
    void home.run(words, { out }, end.signal).then(code => end.signal.aborted || stream.onClose(code))
    return { close: () => end.abort() }
  }
  const host = { openExternal: (url: string) => void opened.push(url) }
  Object.assign(window, { ddClient: { extension: { host: { cli: { exec } } }, host } })
  return { opened }
}

test('in Docker Desktop the page is at home there, and elsewhere with the local server', ({ expect }) => {
  expect(chooseHome().shell).toBeDefined()
  injectClient(fakeHome())
  expect(chooseHome().shell).toBeUndefined()
})

test('without the extension’s program it says so', async ({ expect }) => {
  const without = { extension: {}, host: {} } as Parameters<typeof desktopHome>[0]
  await expect(desktopHome(without).run(['status'], { out: () => undefined })).rejects.toThrow('kde-tp')
})

test('in Docker Desktop all is seen and opened as elsewhere, and a shell is a command to paste', async ({
  expect,
}) => {
  const told = fakeHome()
  const { opened } = injectClient(told)
  const home = { ...told, ...chooseHome() }
  const { user } = showPage('', home)
  await screen.findByRole('row', { name: /^api / })
  expect(told.isRunning(/^events/)).toBe(true)
  const page = showPage(API, home)
  await page.user.click(
    await screen.findByRole('button', { name: 'Open http://127.0.0.1:18080 in the browser' }),
  )
  expect(opened).toEqual(['http://127.0.0.1:18080'])
  await user.click(screen.getByRole('tab', { name: 'Shell' }))
  const panel = within(screen.getByRole('tabpanel'))
  expect(panel.getByText('A shell opens in a terminal of yours, with this command:')).toBeTruthy()
  expect(panel.getByRole('group', { name: 'Command line' }).textContent).toBe(
    'docker kde-tp exec --workspace /w --environment demo myapp api',
  )
})

/** What a person, or Docker Desktop for them, prefers. */
function prefer(scheme: 'light' | 'dark') {
  const listeners = new Set<() => void>()
  let preferred = scheme
  const media = (query: string) => ({
    get matches() {
      return query.includes(preferred)
    },
    media: query,
    addEventListener: (_: string, listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => void listeners.delete(listener),
  })
  vi.stubGlobal('matchMedia', media)
  return (other: 'light' | 'dark') =>
    act(() => {
      preferred = other
      for (const listener of listeners) listener()
    })
}

function Shown() {
  const { palette, typography } = useTheme()
  return <p>{[palette.mode, palette.primary.main, typography.fontFamily].join(' ')}</p>
}

test('Desktop’s colours and letters are those of the scheme that is preferred, also when that changes', ({
  expect,
}) => {
  const themeOf = (main: string) => ({ palette: { primary: { main } }, typography: { fontFamily: 'Roboto' } })
  Object.assign(window, { __ddMuiV6Themes: { light: themeOf('#111111'), dark: themeOf('#eeeeee') } })
  const change = prefer('dark')
  render(
    <DesktopTheme>
      <Shown />
    </DesktopTheme>,
  )
  expect(screen.getByText('dark #eeeeee Roboto')).toBeTruthy()
  change('light')
  expect(screen.getByText('light #111111 Roboto')).toBeTruthy()
})
