import type { Command, Option } from '../command.ts'

/** `--help` of the whole program, in Docker's shape. */
export function programHelp(calledAs: string, commands: readonly Command[], version: string): string {
  const shown = commands.filter(({ hidden }) => hidden === undefined)
  return [
    `Usage:  ${calledAs} COMMAND`,
    "A remote workload's traffic and environment in your project's container",
    section(
      'Commands',
      shown.map(({ name, summary }) => [name, summary]),
    ),
    section('Options', [
      ['-h, --help', 'Print usage'],
      ['    --version', `Print the version (${version})`],
    ]),
    `Run '${calledAs} COMMAND --help' for more information on a command.`,
    '',
  ].join('\n\n')
}

/** `--help` of one command, in Docker's shape. */
export function commandHelp(calledAs: string, command: Command): string {
  const options = Object.entries(command.options).toSorted(([a], [b]) => a.localeCompare(b))
  return [
    usageLine(calledAs, command),
    command.summary,
    ...(command.description === undefined ? [] : [command.description]),
    section('Options', [
      ...options.map(([name, option]) => row(name, option)),
      ['-h, --help', 'Print usage'],
    ]),
    '',
  ].join('\n\n')
}

export const usageLine = (calledAs: string, { name, usage }: Command): string =>
  `Usage:  ${calledAs} ${name} ${usage}`.trimEnd()

function row(name: string, { short, value, summary }: Option): [string, string] {
  const spelled = `${short === undefined ? '    ' : `-${short}, `}--${name}`
  return [value === undefined ? spelled : `${spelled} ${value}`, summary]
}

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 3
  return [`${title}:`, ...rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`)].join('\n')
}
