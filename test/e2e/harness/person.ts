import { execa } from 'execa'
import { type Account, theRun } from './run.ts'

export interface Ended {
  /** 128 + n for a process that signal n ended. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** A program that a person has started. */
export interface Started {
  readonly pid: number
  readonly ended: Promise<Ended>
  /** What it has printed so far. */
  stdout(): string
  stderr(): string
  /** Writes to its standard input, which stays open until `endInput`. */
  write(text: string): void
  endInput(): void
  /** Closes all that it reads from and writes to, as sshd does to a program without a terminal. No signal comes. */
  hangUp(): void
  /** To it alone, as `kill` does. */
  signal(name: NodeJS.Signals): void
  /** To its whole process group, as a terminal does. */
  signalGroup(name: NodeJS.Signals): void
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly directory?: string
  /** In a terminal of its own, whose keys are what is written to it. */
  readonly terminal?: boolean
}

/** Somebody with a home directory, who runs programs: `kde-tp`, `docker`, or any other on PATH. */
export interface Person {
  readonly account: Account
  readonly home: string
  start(words: readonly string[], options?: StartOptions): Started
  /** Runs a program to its end, whatever its exit code. */
  run(words: readonly string[], options?: StartOptions & { readonly input?: string }): Promise<Ended>
  /** Kills what still runs of all that was started. */
  killAll(): Promise<void>
}

export const ROOT: Account = { name: 'root', userId: 0, groupId: 0 }

export function createPerson(account: Account, home: string, engine?: string): Person {
  const running = new Set<Started>()
  const start: Person['start'] = (words, { env = {}, directory = home, terminal = false } = {}) => {
    const [program = '', ...args] = [...becoming(account), ...(terminal ? inTerminal(words) : words)]
    const child = execa(program, args, {
      cwd: directory,
      env: { ...environmentOf(account, home), ...(engine !== undefined && { DOCKER_HOST: engine }), ...env },
      extendEnv: false,
      stdin: 'pipe',
      detached: true,
      cleanup: false,
      reject: false,
      stripFinalNewline: false,
    })
    // One that has just ended takes no more input.
    child.stdin.on('error', () => undefined)
    const seen = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      seen.stderr += text
    })
    const pid = child.pid ?? 0
    const started: Started = {
      pid,
      ended: child.then(({ exitCode, signal, stdout, stderr }) => ({
        exitCode: exitCode ?? 128 + numberOf(signal),
        stdout,
        stderr,
      })),
      stdout: () => seen.stdout,
      stderr: () => seen.stderr,
      write: text => void child.stdin.write(text),
      endInput: () => void child.stdin.end(),
      hangUp() {
        for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy()
      },
      signal: name => void process.kill(pid, name),
      signalGroup: name => void process.kill(-pid, name),
    }
    running.add(started)
    void started.ended.then(() => running.delete(started))
    return started
  }
  return {
    account,
    home,
    start,
    run(words, { input = '', ...options } = {}) {
      const started = start(words, options)
      started.write(input)
      started.endInput()
      return started.ended
    },
    async killAll() {
      for (const { pid } of running) killGroup(pid)
      await Promise.all([...running].map(({ ended }) => ended))
    },
  }
}

/** Only what a fresh login gives, and what says which engine and which image are tested. */
function environmentOf({ name }: Account, home: string): Record<string, string> {
  const inherited = ['DOCKER_HOST', 'KDE_TP_IMAGE', 'TZ'].flatMap(variable => {
    const value = process.env[variable]
    return value === undefined ? [] : [[variable, value] as const]
  })
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    USER: name,
    LOGNAME: name,
    SHELL: '/bin/bash',
    TERM: 'xterm',
    PATH: `${theRun().directory}/bin:${process.env['PATH'] ?? ''}`,
  }
}

/** Replaces itself by the program, so that the process is the program's. */
function becoming({ userId, groupId }: Account): readonly string[] {
  if (process.getuid?.() === userId) return []
  return ['setpriv', '--reuid', String(userId), '--regid', String(groupId), '--init-groups', '--']
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself in this moment.
  }
}

const inTerminal = (words: readonly string[]): readonly string[] => [
  ...['script', '--quiet', '--return', '--flush', '--command'],
  // Without a size, prompts are drawn one character wide.
  ...[`stty rows 40 columns 120; exec ${words.map(quoted).join(' ')}`, '/dev/null'],
]

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

const NUMBERS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGKILL: 9,
  SIGPIPE: 13,
  SIGTERM: 15,
}

const numberOf = (signal: string | undefined): number => NUMBERS[signal ?? ''] ?? 0
