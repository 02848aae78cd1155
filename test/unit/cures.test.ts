import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cures } from '../e2e/harness/cures.ts'
import { adviceOn, spansOf } from '../e2e/harness/troubleshooting.ts'

// What test/e2e/cures.test.ts follows is what the page says, in both languages; or another test that is there does.
test.for(Object.entries(cures))('the cure of %s', ([code, cure]) => {
  const advice = adviceOn(code)
  expect(spansOf(adviceOn(code, 'troubleshooting.zh-TW.md')).toSorted()).toEqual(spansOf(advice).toSorted())
  if ('says' in cure) expect(advice).toContain(cure.says)
  if ('file' in cure)
    expect(readFileSync(new URL(`../e2e/${cure.file}`, import.meta.url), 'utf8')).toContain(cure.title)
})
