import { test } from 'vitest'
import { themeOptions } from '../../docker-extension/theme/theme-options.ts'

test("Docker Desktop's colours are taken over, and its components, which are of another MUI, are not", ({
  expect,
}) => {
  const injected = {
    dark: {
      palette: { primary: { main: '#123456' } },
      components: { MuiButton: { defaultProps: { size: 'large' } } },
    },
  } as const
  const { palette, components } = themeOptions('dark', injected)
  expect(palette).toMatchObject({ mode: 'dark', primary: { main: '#123456' } })
  expect(components?.MuiButton?.defaultProps?.size).toBe('small')
})

test('outside of Docker Desktop there are colours for light and dark', ({ expect }) => {
  expect(themeOptions('light').palette?.mode).toBe('light')
  expect(themeOptions('dark').palette?.mode).toBe('dark')
})
