import { expect } from 'vitest'
import { parse } from 'yaml'
import { lookFromContainer } from '../../../cli-plugin/surroundings/look.ts'
import { LABEL } from '../../../compose/labels.ts'
import type { ComposeProject, ComposeService } from '../../../compose/project.ts'
import { SESSION_PATHS, sessionProject } from '../../../compose/session.ts'
import { parseSessionLabel } from '../../../compose/session-input.ts'
import { readClients } from '../../../session/commands/agents.ts'
import { copyVolumes } from '../../../session/commands/copy-volumes.ts'
import { helmInstall } from '../../../session/commands/helm.ts'
import { lookIntoImage } from '../../../session/commands/images.ts'
import { inFiles } from '../../../session/commands/keep-lines.ts'
import { unmountVolumes } from '../../../session/commands/mount-volumes.ts'
import { releaseSession } from '../../../session/commands/release-session.ts'
import type { GrantStage } from './grant-stage.ts'
import { grantsOf, grantsOfWords } from './grants.ts'
import type { Scenario } from './scenario.ts'

/** What all containers that we make are given, with all options that give something: `ROLE: GRANT`. */
export async function grantedIn({ scenario }: GrantStage): Promise<readonly string[]> {
  const projects = await Promise.all(['copy', 'live'].map(mount => rendered(scenario, mount)))
  const services = projects.flatMap(({ services }) => Object.values(services))
  const relayed = services.flatMap(relayedSessionOf).flatMap(({ services }) => Object.values(services))
  const ofServices = [...services, ...relayed].flatMap(service =>
    grantsOf(service).map(grant => `${service.labels[LABEL.role]}: ${grant}`),
  )
  const { groupId } = scenario.person.account
  const ofWords = Object.entries(runWords(String(groupId))).flatMap(([role, words]) =>
    grantsOfWords(words).map(grant => `${role}: ${grant}`),
  )
  return [...new Set([...ofServices, ...ofWords])]
}

async function rendered({ person, namespace, workspace }: Scenario, mount: string): Promise<ComposeProject> {
  const { stdout, stderr, exitCode } = await person.run([
    ...['kde-tp', 'render', 'intercept', namespace, 'api', '--workspace', workspace.path],
    ...['--project', 'web', '--port', '8080:http', '--publish', '3000', '--docker-socket'],
    `--mount=${mount}`,
  ])
  expect(exitCode, stderr).toBe(0)
  return parse(stdout) as ComposeProject
}

/** Holder, session and relay as they are on a network of ours. */
function relayedSessionOf({ labels }: ComposeService): readonly ComposeProject[] {
  const input = parseSessionLabel(labels[LABEL.session] ?? '')
  if (input === undefined) return []
  const network = { kind: 'own', name: 'own', subnet: '10.213.0.0/24' } as const
  return [sessionProject({ ...input, network, relayPort: 6443 })]
}

/** The words of every `docker run` of ours. */
function runWords(group: string): Readonly<Record<string, readonly string[]>> {
  const image = 'image'
  const place = { image, network: 'n', kubeconfig: '', namespace: 'n', managerNamespace: 'm' }
  const outside = { image, network: 'n', kubeconfig: '', directory: '/d' }
  const files = { image, user: '1:1', filesDirectory: '/f' }
  const volumes = { host: 'h', port: 1, directory: '/d' }
  const copied = { workload: 'w', volumes, directory: '/d', image, holder: 'h', user: '1:1' }
  const { cache, kubeconfigDirectory, logs } = SESSION_PATHS
  const mount = (Type: string, Destination: string, RW = true) => ({ Type, Source: '/s', Destination, RW })
  return {
    client: readClients(place).args,
    looker: lookFromContainer(outside, { words: [] } as never).args,
    releaser: releaseSession({
      Config: { Image: image, Hostname: 'h', Cmd: [], Labels: {} },
      HostConfig: { GroupAdd: [group] },
      Mounts: [mount('volume', cache), mount('bind', kubeconfigDirectory, false), mount('bind', logs)],
    }).args,
    copier: copyVolumes(copied).args,
    filer: inFiles(files, ''),
    unmounter: unmountVolumes(image, '/d/e').args,
    inspector: lookIntoImage(image, '/d').args,
    installer: helmInstall(place).args,
  }
}
