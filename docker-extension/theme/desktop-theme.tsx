import { CssBaseline, createTheme, ThemeProvider, useMediaQuery } from '@mui/material'
import { type ReactNode, useMemo } from 'react'
import { type Mode, themeOptions } from './theme-options.ts'

/** Light or dark, as the browser or Docker Desktop prefers. */
export function DesktopTheme({ children }: { readonly children: ReactNode }) {
  const mode: Mode = useMediaQuery('(prefers-color-scheme: dark)', { noSsr: true }) ? 'dark' : 'light'
  const theme = useMemo(() => createTheme(themeOptions(mode)), [mode])
  return (
    <ThemeProvider theme={theme}>
      <CssBaseline enableColorScheme />
      {children}
    </ThemeProvider>
  )
}
