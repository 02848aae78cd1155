import { wrapAnsi } from 'fast-wrap-ansi'
import { t } from '../../language/t.ts'
import type { Command, Option } from '../command.ts'
import { commonOptions } from '../command-line.ts'

/** `--help` of the whole program, in Docker's shape. */
export function programHelp(calledAs: string, commands: readonly Command[], version: string): string {
  const shown = commands.filter(({ hidden }) => hidden === undefined)
  return [
    t`Usage:  ${calledAs} COMMAND`,
    t`A remote workload's traffic and environment in your project's container`,
    section(
      t`Commands:`,
      shown.map(({ name, summary }) => [name, summary]),
    ),
    section(t`Options:`, [
      ['-h, --help', t`Print usage`],
      row('lang', commonOptions.lang),
      ['    --version', t`Print the version (${version})`],
    ]),
    t`Run '${calledAs} COMMAND --help' for more information on a command.`,
    '',
  ].join('\n\n')
}

const WIDTH = 118

/** `--help` of one command, in Docker's shape. */
export function commandHelp(calledAs: string, command: Command): string {
  const options = Object.entries({ ...commonOptions, ...command.options }).toSorted(([a], [b]) =>
    a.localeCompare(b),
  )
  return [
    usageLine(calledAs, command),
    command.summary,
    ...(command.description === undefined ? [] : [wrapAnsi(command.description, WIDTH)]),
    section(t`Options:`, [
      ...options.map(([name, option]) => row(name, option)),
      ['-h, --help', t`Print usage`],
    ]),
    '',
  ].join('\n\n')
}

export const usageLine = (calledAs: string, { name, usage }: Command): string =>
  t`Usage:  ${calledAs} ${name} ${usage}`.trimEnd()

function row(name: string, { short, value, valueWhenBare, summary }: Option): [string, string] {
  const spelled = `${short === undefined ? '    ' : `-${short}, `}--${name}`
  if (value === undefined) return [spelled, summary]
  return [valueWhenBare === undefined ? `${spelled} ${value}` : `${spelled}[=${value}]`, summary]
}

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 3
  return [title, ...rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`)].join('\n')
}
