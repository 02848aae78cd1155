import { jsonLines, type ToolCommand, text } from '../tool-command.ts'

/** A container that publishes a port of the host, and how it is reached inside. */
export interface Publisher {
  readonly name: string
  /** Its own port. */
  readonly port: number
  /** A network where its name resolves. */
  readonly network: string
}

interface Listed {
  readonly Names: string
  readonly Ports: string
  readonly Networks: string
}

/** Undefined where no running container with a network of its own publishes the port. */
export const findPublisher = (hostPort: number): ToolCommand<Publisher | undefined> => ({
  args: ['container', 'ls', '--no-trunc', '--filter', `publish=${hostPort}`, '--format', 'json'],
  parse: output => jsonLines(output).flatMap(line => toPublisher(line as Listed, hostPort))[0],
})

/** Docker's Ports is as `127.0.0.1:35123->6443/tcp, 80/tcp`. */
function toPublisher({ Names: name, Ports, Networks }: Listed, hostPort: number): readonly Publisher[] {
  const mapping = Ports.split(', ').find(text => text.includes(`:${hostPort}->`))
  const port = Number(/->(\d+)\/tcp$/.exec(mapping ?? '')?.[1])
  const network = networkWithNames(Networks)
  return Number.isNaN(port) || network === undefined ? [] : [{ name, port, network }]
}

/** Where a running container's name resolves; undefined where none is called so. */
export const findNetworkOf = (container: string): ToolCommand<string | undefined> => ({
  args: [
    ...['container', 'ls', '--no-trunc', '--filter', `name=^${container.replaceAll('.', '\\.')}$`],
    ...['--format', '{{.Networks}}'],
  ],
  parse: output => networkWithNames(text(output)),
})

/** On Docker's `bridge` no name resolves. */
const networkWithNames = (networks: string): string | undefined =>
  networks.split(',').find(network => !['', 'bridge', 'host', 'none'].includes(network))
