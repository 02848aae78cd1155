import { cleanup, configure, render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { App } from '../../docker-extension/app.tsx'
import { DesktopTheme } from '../../docker-extension/theme/desktop-theme.tsx'
import { type FakeHome, fakeHome } from './fake-home.ts'

// As long as a computer may take that has other things to do.
configure({ asyncUtilTimeout: 20_000 })

/** The whole page at an address, as `#/attach`, in place of one that was shown before. */
export function showPage(hash: string, home: FakeHome = fakeHome()) {
  cleanup()
  localStorage.clear()
  window.location.hash = hash
  render(
    <DesktopTheme>
      <App home={home} language="en" />
    </DesktopTheme>,
  )
  return { home, user: userEvent.setup() }
}

export const API = '#/attachment?devContainer=kde-tp-demo-dev-myapp-shop&namespace=myapp&workload=api'
export const WORKER = '#/attachment?devContainer=kde-tp-demo-dev-myapp-jobs&namespace=myapp&workload=worker'
