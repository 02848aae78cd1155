import { readdirSync, readFileSync } from 'node:fs'

/** The process id of Telepresence's daemon, which `connect` leaves in the background; undefined where none runs. */
export function findDaemon(): number | undefined {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .find(pid => commandLine(pid).includes('--embed-network'))
}

export const isAlive = (pid: number): boolean => commandLine(pid).includes('--embed-network')

/** Ends it without a farewell to the cluster. */
export function endDaemon(pid: number): void {
  if (isAlive(pid)) process.kill(pid, 'SIGKILL')
}

/** Empty for a process that is gone or a zombie. */
function commandLine(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}
