import * as z from 'zod/mini'
import { containerPorts, type RemotePort, servicePorts, type Workload } from './facts.ts'

/** A port that can be taken. */
const PortChoice = z.object({
  /** For `--port LOCAL:REMOTE`. */
  remote: z.string(),
  /** In a person's words. */
  shown: z.string(),
  /** The number that the pod's own program listens on, which is the best one to listen on here too. */
  target: z.number(),
})
export type PortChoice = z.infer<typeof PortChoice>

/** What an attachment can be made of, for who offers it to be chosen. */
export const Choices = z.object({
  workspace: z.string(),
  /** Of the workspace. */
  environments: z.array(z.string()),
  /** The one that is meant; undefined where none is, and then there is nothing more. */
  environment: z.optional(z.string()),
  /** Whether it is a context of the kubeconfig, where no file names image and project. */
  isStandalone: z.boolean(),
  projects: z.array(z.string()),
  alsoProxy: z.array(z.string()),
  /** Undefined where they were not asked for, or the person may not list them. */
  namespaces: z.optional(z.array(z.string())),
  /** Of the workload that was asked for: by service, and by container of its pods. */
  ports: z.optional(z.object({ service: z.array(PortChoice), container: z.array(PortChoice) })),
  containers: z.optional(z.array(z.string())),
})
export type Choices = z.infer<typeof Choices>

/** Of one workload. */
export const choicesIn = (workload: Workload): Required<Pick<Choices, 'ports' | 'containers'>> => ({
  ports: {
    service: servicePorts(workload).map(toChoice),
    container: containerPorts(workload).map(toChoice),
  },
  containers: workload.containers.map(({ name }) => name),
})

const toChoice = ({ identifiers, shown, target }: RemotePort): PortChoice => ({
  remote: identifiers.at(-1) ?? '',
  shown,
  target,
})
