import type { TestProject } from 'vitest/node'
import { closeRun, openRun } from './harness/open-run.ts'

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = await openRun()
  project.provide('run', run)
  return () => closeRun(run.id)
}
