/** Before each test file: how much is tried with random values, and with which. `scripts/test` chooses both. */
import fc from 'fast-check'

const { KDE_TP_TEST_AMOUNT: amount, KDE_TP_TEST_SEED: seed } = process.env

fc.configureGlobal({
  numRuns: amount === 'all' ? 3000 : 300,
  ...(seed !== undefined && { seed: Number(seed) }),
})
