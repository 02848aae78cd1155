import type { ThemeOptions } from '@mui/material'

export type Mode = 'light' | 'dark'

/** What Docker Desktop puts into the page: options of a theme of MUI 6. */
type Injected = Readonly<Partial<Record<Mode, ThemeOptions>>>

/**
 * Docker Desktop's own colours and letters where they are there, else some like them. Of what Desktop gives, its
 * `components` are for an older MUI, and left out.
 */
export function themeOptions(mode: Mode, injected = injectedThemes()): ThemeOptions {
  const ours = own(mode)
  const theirs = injected[mode] ?? {}
  return {
    components,
    palette: { ...ours.palette, ...theirs.palette },
    typography: { ...ours.typography, ...theirs.typography },
    shape: { ...ours.shape, ...theirs.shape },
  }
}

const injectedThemes = (): Injected =>
  (window as { readonly __ddMuiV6Themes?: Injected }).__ddMuiV6Themes ?? {}

const own = (mode: Mode): ThemeOptions => ({
  palette: mode === 'light' ? light : dark,
  shape: { borderRadius: 6 },
  typography: {
    fontFamily:
      'Inter, system-ui, -apple-system, "Segoe UI", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei", sans-serif',
    fontSize: 13,
    body1: { fontSize: '0.8125rem' },
    h1: { fontSize: '1.25rem', fontWeight: 600 },
    h2: { fontSize: '0.95rem', fontWeight: 600 },
    h3: { fontSize: '0.875rem', fontWeight: 600 },
    button: { textTransform: 'none', fontWeight: 500 },
  },
})

const light: NonNullable<ThemeOptions['palette']> = {
  mode: 'light',
  primary: { main: '#1d63ed' },
  success: { main: '#1a7a3c' },
  warning: { main: '#8f5a00' },
  error: { main: '#c0282d' },
  background: { default: '#f9f9fa', paper: '#ffffff' },
  text: { primary: '#17191e', secondary: '#535864' },
}

const dark: NonNullable<ThemeOptions['palette']> = {
  mode: 'dark',
  primary: { main: '#6ea0ff' },
  success: { main: '#5bd08a' },
  warning: { main: '#f3b54a' },
  error: { main: '#ff8a85' },
  background: { default: '#15181d', paper: '#1d2127' },
  text: { primary: '#eceef1', secondary: '#b6bdc9' },
}

const components: NonNullable<ThemeOptions['components']> = {
  MuiButton: {
    defaultProps: { size: 'small', disableElevation: true },
    styleOverrides: { root: { flex: 'none', whiteSpace: 'nowrap' } },
  },
  MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
  MuiTableCell: { styleOverrides: { root: { padding: '6px 10px' } } },
  MuiPaper: { defaultProps: { variant: 'outlined' } },
  MuiTooltip: { defaultProps: { enterDelay: 400 } },
}
