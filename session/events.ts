import * as z from 'zod/mini'
import type { ComposeProject } from '../compose/project.ts'
import { Choices } from './choices.ts'
import { EnvironmentStatus } from './engine-status.ts'
import { Finding } from './finding.ts'
import { Happening } from './happening.ts'
import { PlannedStep } from './keeper-step.ts'
import { ListedWorkload } from './listing.ts'
import { DevMount } from './mounts.ts'
import { VARIABLE_FORMATS } from './variables-output.ts'

/**
 * The lines of `--format json`: one object a line, each with a `type`. The last one is a `result` or an `error`.
 * Anything that shows what happens (a terminal, the extension) reads these and nothing else.
 */
export const SessionEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('step'),
    /** Names the step, the same in its two lines. */
    name: z.string(),
    state: z.enum(['started', 'done', 'failed']),
    because: z.optional(z.string()),
  }),
  z.object({ type: z.literal('remark'), message: z.string() }),
  z.object({ type: z.literal('plan'), steps: z.array(z.object({ name: z.string(), because: z.string() })) }),
  z.object({ type: z.literal('findings'), findings: z.array(Finding) }),
  z.object({ type: z.literal('output'), stream: z.enum(['stdout', 'stderr']), text: z.string() }),
  z.object({ type: z.literal('log'), source: z.string(), time: z.string(), text: z.string() }),
  z.object({
    type: z.literal('variables'),
    namespace: z.string(),
    workload: z.string(),
    output: z.enum(VARIABLE_FORMATS),
    /** Hidden unless they were asked for: the one event that may hold a secret. */
    variables: z.record(z.string(), z.string()),
    /** What the format cannot carry. */
    leftOut: z.array(z.string()),
  }),
  z.object({
    type: z.literal('cleared'),
    removed: z.array(
      z.object({ kind: z.enum(['container', 'network', 'volume', 'directory']), name: z.string() }),
    ),
    /** Paths that stay on purpose, and those that could not be removed for want of rights. */
    kept: z.array(z.string()),
    refused: z.array(z.string()),
  }),
  z.object({
    type: z.literal('workloads'),
    environment: z.string(),
    namespace: z.string(),
    workloads: z.array(ListedWorkload),
  }),
  z.object({ type: z.literal('choices'), ...Choices.shape }),
  z.object({
    type: z.literal('mounts'),
    namespace: z.string(),
    workload: z.string(),
    mounts: z.array(DevMount),
  }),
  /** A Compose project; its variables have no values. */
  z.object({ type: z.literal('rendered'), project: z.custom<ComposeProject>() }),
  z.object({ type: z.literal('status'), environments: z.array(EnvironmentStatus) }),
  /** What the keeper of each environment would do now. */
  z.object({
    type: z.literal('keeping'),
    environments: z.array(
      z.object({
        workspace: z.string(),
        environment: z.string(),
        /** Docker's word for its state, or `missing`. */
        keeper: z.string(),
        /** Undefined where the keeper does not say. */
        steps: z.optional(z.array(PlannedStep)),
      }),
    ),
  }),
  z.object({ type: z.literal('happening'), ...Happening.shape }),
  /** Of a session's network, and so of all attachments in it. Told where it is another number than before. */
  z.object({
    type: z.literal('connections'),
    workspace: z.string(),
    environment: z.string(),
    namespace: z.string(),
    /** TCP connections that were accepted in the last second. */
    perSecond: z.number(),
  }),
  z.object({
    type: z.literal('result'),
    exitCode: z.number(),
    devContainer: z.optional(z.string()),
    sessionContainer: z.optional(z.string()),
    composeProject: z.optional(z.string()),
  }),
  z.object({
    type: z.literal('error'),
    code: z.string(),
    message: z.string(),
    exitCode: z.number(),
    hint: z.optional(z.string()),
    left: z.optional(z.string()),
    detail: z.optional(z.string()),
  }),
])

export type SessionEvent = z.infer<typeof SessionEvent>
export type EventOf<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>
export type EmitEvent = (event: SessionEvent) => void
