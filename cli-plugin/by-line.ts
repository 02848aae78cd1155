/** Pieces of two streams, put together to lines each. */
export function byLine(tell: (line: string) => void): (stream: 'stdout' | 'stderr', text: string) => void {
  const started = { stdout: '', stderr: '' }
  return (stream, text) => {
    const lines = `${started[stream]}${text}`.split('\n')
    started[stream] = lines.pop() ?? ''
    for (const line of lines) tell(line)
  }
}
