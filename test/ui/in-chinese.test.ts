import { screen } from '@testing-library/react'
import { test } from 'vitest'
import { speak } from '../../language/t.ts'
import { zhTW } from '../../language/zh-TW.ts'

test('the page speaks Chinese throughout, and so do its commands', async ({ expect }) => {
  speak(zhTW)
  // Modules hold texts.
  const { showPage } = await import('./show-page.tsx')
  showPage('')
  await screen.findByRole('heading', { name: '攔截' })
  await screen.findByRole('row', { name: /^api .* 正常/ })
  expect(screen.queryByText(/Health|Owner|healthy/)).toBeNull()
})
