import { SessionEvent } from '../../../session/events.ts'

/** What the server says beside the shell, as the screen shows it; empty where there is nothing to say. */
export function textFrame(frame: string): string {
  const { event } = JSON.parse(frame) as { readonly event?: unknown }
  const told = SessionEvent.safeParse(event).data
  if (told?.type === 'remark') return line(told.message)
  if (told?.type !== 'error') return ''
  const { message, code, detail = '', left = '', hint = '' } = told
  return [`${message} (${code})`, detail, left, hint]
    .filter(text => text !== '')
    .map(line)
    .join('')
}

/** Faint, as it is not the shell's. */
const line = (text: string): string => `\u001b[2m${text.replaceAll('\n', '\r\n')}\u001b[0m\r\n`
