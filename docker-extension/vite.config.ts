import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { firstView } from '../build/first-view.ts'

/** The page as plain files: `docker kde-tp ui` serves them, and the extension's image carries them. */
export default defineConfig({
  root: import.meta.dirname,
  // Docker Desktop serves it from a directory of its own.
  base: './',
  plugins: [react(), firstView('index.html', 'show.tsx')],
  build: { outDir: '../dist/ui', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
})
