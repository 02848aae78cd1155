import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPerson, type Person } from '../harness/person.ts'
import { theRun } from '../harness/run.ts'
import { giveTo } from '../harness/workspace.ts'

/** An ordinary person at home, and what their PATH is. */
export interface Home {
  readonly person: Person
  readonly path: string
  /** Where they may keep programs of their own: ahead of all others on PATH, where it is there. */
  readonly ownPrograms: string
  /** PATH with a directory ahead of theirs. */
  readonly pathWithOwn: string
  remove(): void
}

export const program = (): string => join(theRun().directory, 'bin/kde-tp')

/** A login shell's profile as Debian gives it to everybody. */
export const PROFILE = `if [ -d "$HOME/.local/bin" ]; then PATH="$HOME/.local/bin:$PATH"; fi\n`

export function makeHome({ withOwnPrograms }: { readonly withOwnPrograms: boolean }): Home {
  const { directory, tester } = theRun()
  const home = mkdtempSync(join(directory, 'home-'))
  const ownPrograms = join(home, '.local/bin')
  writeFileSync(join(home, '.profile'), PROFILE)
  if (withOwnPrograms) mkdirSync(ownPrograms, { recursive: true })
  giveTo(tester, home)
  const path = process.env['PATH'] ?? ''
  return {
    ...{ person: createPerson(tester, home), path, ownPrograms, pathWithOwn: `${ownPrograms}:${path}` },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}
