import { render, screen } from '@testing-library/react'
import { test, vi } from 'vitest'
import { Boundary } from '../../docker-extension/parts/boundary.tsx'

function View(): never {
  throw new TypeError('Failed to fetch dynamically imported module')
}

test('a view whose code does not come says so, and what to do', ({ expect }) => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  render(
    <Boundary>
      <View />
    </Boundary>,
  )
  told.mockRestore()
  expect(screen.getByRole('alert').textContent).toContain('Failed to fetch dynamically imported module')
  expect(screen.getByRole('button', { name: 'Load the page again' })).toBeTruthy()
})
