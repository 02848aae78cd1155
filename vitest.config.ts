import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { LANGUAGES, type Language } from './language/choose-language.ts'

const setupFiles = ['test/amount.ts']

// Tests that start real shells, on a computer that has other things to do.
const testTimeout = 60_000

const fast = (name: string) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], setupFiles, testTimeout },
})

/** What a person reads, once in each language. */
const golden = (language: Language) => ({
  test: {
    ...fast('golden').test,
    ...(language !== 'en' && { name: `golden-${language}`, include: ['test/golden/{help,errors}.test.ts'] }),
    provide: { language },
    setupFiles: [...setupFiles, 'test/golden/language.ts'],
  },
})

const dockersClient = `${import.meta.dirname}/node_modules/@docker/extension-api-client/dist/index.js`

const clusterSetup = 'test/e2e/global-setup.ts'

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      fast('unit'),
      ...LANGUAGES.map(golden),
      fast('commands'),
      fast('contract'),
      {
        // Docker's client is for browsers alone.
        resolve: { alias: { '@docker/extension-api-client': dockersClient } },
        test: {
          name: 'ui',
          include: ['test/ui/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          // In one file, which is read faster than its hundreds.
          deps: { optimizer: { client: { enabled: true, include: ['@mui/material'] } } },
          expect: { poll: { timeout: 20_000 } },
          setupFiles,
          testTimeout,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          setupFiles,
          globalSetup: existsSync(clusterSetup) ? [clusterSetup] : [],
          // Tests mostly wait. Two cores carry a cluster, an engine and six of them at a time.
          maxWorkers: 2,
          maxConcurrency: 3,
          // After all others, which want the cores for themselves.
          sequence: { groupOrder: 1 },
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
