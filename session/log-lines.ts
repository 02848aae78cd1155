/** One line of a log, and what said it. */
export interface LogLine {
  /** A container's name, or a file's. */
  readonly source: string
  /** RFC 3339; empty where the line has none. */
  readonly time: string
  readonly text: string
}

const STAMPED = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d\S*) ?(.*)$/

const linesOf = (text: string): readonly string[] => text.split('\n').filter(line => line !== '')

/** Of what `docker logs --timestamps` prints. */
export const toLogLines = (source: string, text: string): readonly LogLine[] =>
  linesOf(text).map(line => toLogLine(source, line))

/** Of a file whose lines begin with a time, as Telepresence's and ours do. The time is part of what they say. */
export const toFileLines = (source: string, text: string): readonly LogLine[] =>
  linesOf(text).map(line => ({ ...toLogLine(source, line), text: line }))

/** Of one line, without the time that docker puts before it. */
export function toLogLine(source: string, line: string): LogLine {
  const [, day, time, text = line] = STAMPED.exec(line.replace(/\r$/, '')) ?? []
  return { source, time: day === undefined ? '' : `${day}T${time}`, text }
}

/** In the order of their times. A line without one stays behind the line that it followed. */
export const inOrder = (logs: readonly (readonly LogLine[])[]): readonly LogLine[] =>
  logs
    .flatMap(withTimes)
    .toSorted((a, b) => Number(a.place > b.place) - Number(a.place < b.place))
    .map(({ line }) => line)

function withTimes(lines: readonly LogLine[]) {
  let place = ''
  return lines.map(line => {
    place = line.time || place
    return { line, place }
  })
}
