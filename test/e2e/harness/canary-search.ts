import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Canary, Kind } from './canaries.ts'

/** A secret that was seen, and where. */
export interface Sighting {
  readonly kind: Kind
  readonly name: string
  readonly place: string
}

export interface Search {
  /** Each place once for each secret. */
  readonly sightings: () => readonly Sighting[]
  /** Looks through a text. */
  readonly through: (place: string, text: string) => void
  /** Looks through all files of a directory but those that it was put into; a place is `file MODE PATH`. */
  readonly throughFiles: (directory: string, planted: (path: string) => boolean) => void
  /** Looks through the arguments of all processes, again and again until it is ended; a place is `process PROGRAM`. */
  readonly throughProcesses: () => { readonly end: () => void }
}

const PAUSE = 150

export function createSearch(canaries: readonly Canary[]): Search {
  const byForm = new Map(
    canaries.flatMap(canary => formsOf(canary.word).map(form => [form, canary] as const)),
  )
  const any = new RegExp([...byForm.keys()].join('|'), 'g')
  const seen = new Map<string, Sighting>()
  const through: Search['through'] = (place, text) => {
    for (const [form] of text.matchAll(any)) {
      const { kind, name } = byForm.get(form) as Canary
      seen.set(`${name} ${place}`, { kind, name, place })
    }
  }
  return {
    through,
    sightings: () => [...seen.values()],
    throughFiles(directory, planted) {
      for (const file of readdirSync(directory, { recursive: true, withFileTypes: true })) {
        const path = join(file.parentPath, file.name)
        if (!file.isFile() || planted(path)) continue
        const mode = (statSync(path).mode & 0o777).toString(8)
        through(`file ${mode} ${relative(directory, path)}`, readFileSync(path, 'latin1'))
      }
    },
    throughProcesses() {
      const timer = setInterval(() => {
        for (const [program, words] of processes()) through(`process ${program}`, words)
      }, PAUSE)
      return { end: () => clearInterval(timer) }
    },
  }
}

/** As it is, and in base64, wherever in it it begins. */
function formsOf(word: string): readonly string[] {
  const inBase64 = [0, 1, 2].map(before => {
    const text = Buffer.from(`${' '.repeat(before)}${word}`).toString('base64')
    // What stands before and after it has a part in the first and the last letters.
    return text.slice(before === 0 ? 0 : 4, -4)
  })
  return [word, ...inBase64]
}

/** Of this computer, containers' too: the program's name, and all its words. */
function processes(): readonly (readonly [string, string])[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        return words === '' ? [] : [[programOf(pid, words), words] as const]
      } catch {
        return []
      }
    })
}

function programOf(pid: string, words: string): string {
  const [first = ''] = words.split('\0')
  const name = first.replace(/^.*\//, '')
  return isInContainer(pid) ? `${name} in a container` : name
}

const isInContainer = (pid: string): boolean =>
  readlinkSync(`/proc/${pid}/ns/pid`) !== readlinkSync('/proc/self/ns/pid')
