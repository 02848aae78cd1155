import createCache from '@emotion/cache'
import { CacheProvider } from '@emotion/react'
import { createRoot } from 'react-dom/client'
import type { Language } from '../language/choose-language.ts'
import { App } from './app.tsx'
import { chooseHome } from './home/choose-home.ts'
import { DesktopTheme } from './theme/desktop-theme.tsx'

/** Draws the page. Its styles carry the number that the server's policy asks for. */
export function show(language: Language): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.content
  const cache = createCache({ key: 'kde-tp', ...(nonce && { nonce }) })
  createRoot(rootElement()).render(
    <CacheProvider value={cache}>
      <DesktopTheme>
        <App home={chooseHome()} language={language} />
      </DesktopTheme>
    </CacheProvider>,
  )
}

function rootElement(): Element {
  const root = document.querySelector('#root')
  if (root === null) throw new Error('no #root')
  return root
}
