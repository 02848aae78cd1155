import type { LogLine } from '../../session/log-lines.ts'

type Lines = readonly LogLine[]

/**
 * Finds the lines of a source that have a text, in large or small letters. Each is looked at once while lines are only
 * added: a hundred thousand take longer than a frame.
 */
export function createFinder(): (lines: Lines, source: string, search: string) => Lines {
  let last = { lines: [] as Lines, source: '', search: '', found: [] as Lines }
  return (lines, source, search) => {
    if (source === '' && search === '') return lines
    const isSame = last.source === source && last.search === search
    const goesOn = isSame && lines[0] === last.lines[0] && lines.length >= last.lines.length
    const more = matching(goesOn ? lines.slice(last.lines.length) : lines, source, search.toLowerCase())
    last = { lines, source, search, found: goesOn ? last.found.concat(more) : more }
    return last.found
  }
}

const matching = (lines: Lines, source: string, sought: string): Lines =>
  lines.filter(line => (source === '' || line.source === source) && line.text.toLowerCase().includes(sought))
