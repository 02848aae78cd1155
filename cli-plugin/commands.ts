import { t } from '../language/t.ts'
import { KdeTpError } from '../session/errors.ts'
import type { Command } from './command.ts'
import type { Invocation } from './invocation.ts'
import { nearestOf } from './nearest.ts'

/** Every command, loaded when it is called. The hidden ones are the program's other two places. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  clear: async () => (await import('./commands/clear.ts')).clear as Command,
  detach: async () => (await import('./commands/detach.ts')).detach as Command,
  doctor: async () => (await import('./commands/doctor.ts')).doctor as Command,
  env: async () => (await import('./commands/env.ts')).env as Command,
  events: async () => (await import('./commands/events.ts')).events as Command,
  exec: async () => (await import('./commands/exec.ts')).exec as Command,
  ingest: async () => (await import('./commands/ingest.ts')).ingest,
  intercept: async () => (await import('./commands/intercept.ts')).intercept,
  list: async () => (await import('./commands/list.ts')).list as Command,
  logs: async () => (await import('./commands/logs.ts')).logs as Command,
  publish: async () => (await import('./commands/publish.ts')).publish as Command,
  render: async () => (await import('./commands/render.ts')).render as Command,
  replace: async () => (await import('./commands/replace.ts')).replace,
  setup: async () => (await import('./commands/setup.ts')).setup as Command,
  status: async () => (await import('./commands/status.ts')).status as Command,
  ui: async () => (await import('./commands/ui.ts')).ui as Command,
  uninstall: async () => (await import('./commands/uninstall.ts')).uninstall as Command,
  use: async () => (await import('./commands/use.ts')).use as Command,
  wiretap: async () => (await import('./commands/wiretap.ts')).wiretap,

  choices: async () => (await import('./commands/choices.ts')).choices as Command,
  mounts: async () => (await import('./commands/mounts.ts')).mounts as Command,
  look: async () => (await import('./commands/look.ts')).look as Command,
  relay: async () => (await import('./commands/relay.ts')).relay as Command,
  session: async () => (await import('./commands/session.ts')).session as Command,
  keeper: async () => (await import('./commands/keeper.ts')).keeper as Command,
  'keeper-plan': async () => (await import('./commands/keeper-plan.ts')).keeperPlan as Command,
}

/** COMMAND_UNKNOWN, which suggests what was probably meant. */
export async function unknownCommand(
  name: string,
  { calledAs }: Pick<Invocation, 'calledAs'>,
): Promise<KdeTpError> {
  const nearest = nearestOf(
    name,
    (await visibleCommands()).map(command => command.name),
  )
  const message =
    nearest === undefined
      ? t`"${name}" is not a command of ${calledAs}.`
      : t`"${name}" is not a command of ${calledAs}; the nearest is "${nearest}".`
  return new KdeTpError('COMMAND_UNKNOWN', message, {
    hint: t`Run '${calledAs} --help' for the commands there are.`,
  })
}

/** Those that a person calls. */
export async function visibleCommands(): Promise<readonly Command[]> {
  const all = await Promise.all(Object.values(commands).map(load => load()))
  return all.filter(({ hidden }) => hidden === undefined)
}
