import { quoted } from '../../session/quoted.ts'

const PLAIN = /^[\w@%+=:,./-]+$/

/** As a person pastes it into a shell. */
export const commandText = (words: readonly string[]): string =>
  ['docker', 'kde-tp', ...words.map(word => (PLAIN.test(word) ? word : quoted(word)))].join(' ')
