import { statSync } from 'node:fs'
import type { Play } from './grant-plays.ts'
import { filesOf } from './grant-plays.ts'
import type { Scenario } from './scenario.ts'

/** A grant, and what shows that it is not in vain. */
export interface GrantRow {
  /** `ROLE: GRANT`, in which words in capitals stand for what differs between scenarios. */
  readonly of: string
  readonly play: Play
  /** What is said where it is lacking. */
  readonly fails: RegExp
  /** With a session that is there already; false: with none. */
  readonly kept: boolean
}

const row = (of: string, play: Play, fails: RegExp, kept = true): GrantRow => ({ of, play, fails, kept })

const NOT_CONNECTED = /could not connect to the cluster/
const NO_VOLUMES = /could not be mounted/
/** Late, the cluster answers by itself: it has given the session up. */
const NOT_RELEASED = /the cluster|when the log was last written/
const NO_SUCH = /cannot find the project/

export const ROWS: readonly GrantRow[] = [
  row('keeper: mount /var/run/docker.sock', 'connect', /what is left/, false),
  row('keeper: tmpfs /run/kde-tp', 'connect', /keeper/, false),
  row('session: cap NET_ADMIN', 'connect', NOT_CONNECTED, false),
  row('session: device /dev/net/tun', 'connect', NOT_CONNECTED, false),
  row('session: group PERSON', 'connect', NOT_CONNECTED, false),
  row('session: mount /root/.cache/telepresence', 'heal', /the dev container/, false),
  row('session: write /root/.cache/telepresence', 'connect', NOT_CONNECTED, false),
  row('session: mount /kde-tp/kubeconfig', 'connect', NOT_CONNECTED, false),
  row('session: mount /kde-tp/logs', 'connect', NOT_CONNECTED, false),
  row('session: write /kde-tp/logs', 'connect', NOT_CONNECTED, false),
  row('session: write /', 'connect', NOT_CONNECTED, false),
  row('dev: cap default', 'administer', /chown/),
  row('dev: group DOCKER', 'develop with a copy', /cannot use the engine/),
  row('dev: mount PROJECT', 'develop with a copy', NO_SUCH),
  row('dev: write PROJECT', 'develop with a copy', /cannot write in the project/),
  row('dev: mount /.kube', 'develop with a copy', /cannot find the kubeconfig/),
  row('dev: mount FILES/mounts/local/NAMESPACE', 'develop with a copy', /cannot keep things beside/),
  row('dev: write FILES/mounts/local/NAMESPACE', 'develop with a copy', /cannot keep things beside/),
  row('dev: mount FILES/mounts/remote/NAMESPACE/api', 'develop with a copy', /cannot read the volumes/),
  row('dev: write FILES/mounts/remote/NAMESPACE/api', 'develop with a copy', /cannot write in the copy/),
  row('dev: mount FILES/mounts/remote/NAMESPACE', 'develop with live volumes', /cannot read the volumes/),
  row('dev: mount /etc/passwd', 'develop with a copy', /cannot be called by name/),
  row('dev: mount /etc/group', 'develop with a copy', /cannot be in a group/),
  row('dev: mount HOME/.docker', 'develop with a copy', /cannot find a docker login/),
  row('dev: write HOME/.docker', 'develop with a copy', /cannot log in with docker/),
  row('dev: mount HOME/.netrc', 'develop with a copy', /cannot find passwords/),
  row('dev: write HOME/.netrc', 'develop with a copy', /cannot keep passwords/),
  row('dev: mount /var/run/docker.sock', 'develop with a copy', /cannot use the engine/),
  row('dev: tmpfs HOME', 'develop with a copy', /cannot write in its home/),
  row('dev: write /', 'develop with a copy', /cannot write a temporary file/),
  row('publisher: mount /kde-tp/publish', 'publish', /fetch failed/),
  row('inlet: mount /kde-tp/publish', 'publish', /fetch failed/),
  row('inlet: write /kde-tp/publish', 'publish', /fetch failed/),
  row('mounter: cap SYS_ADMIN', 'develop with live volumes', NO_VOLUMES),
  row('mounter: device /dev/fuse', 'develop with live volumes', NO_VOLUMES),
  row('mounter: mount /volumes', 'develop with live volumes', NO_VOLUMES),
  row('copier: mount /volumes', 'develop with a copy', /cannot read the volumes|could not be copied/),
  row('copier: write /volumes', 'develop with a copy', /could not be copied/),
  row('copier: tmpfs /tmp', 'develop with a copy', /could not be copied/),
  row('looker: device /dev/net/tun', 'missDevice', /to match object/),
  row('looker: mount /workspace', 'missDirectory', /to match object/),
  row('client: cap NET_ADMIN', 'ask', /has failed/),
  row('client: device /dev/net/tun', 'ask', /has failed/),
  row('client: write /', 'ask', /has failed/),
  row('releaser: cap NET_ADMIN', 'release', NOT_RELEASED, false),
  row('releaser: device /dev/net/tun', 'release', NOT_RELEASED, false),
  row('releaser: group PERSON', 'release', NOT_RELEASED, false),
  row('releaser: mount /root/.cache/telepresence', 'release', NOT_RELEASED, false),
  row('releaser: write /root/.cache/telepresence', 'release', NOT_RELEASED, false),
  row('releaser: mount /kde-tp/kubeconfig', 'release', NOT_RELEASED, false),
  row('releaser: mount /kde-tp/logs', 'release', NOT_RELEASED, false),
  row('releaser: write /kde-tp/logs', 'release', NOT_RELEASED, false),
  row('releaser: write /', 'release', NOT_RELEASED, false),
  row('filer: mount /telepresence', 'keep', /was not kept/),
  row('filer: write /telepresence', 'keep', /was not kept/),
  row('unmounter: cap SYS_ADMIN', 'unmount', /still mounted/),
  row('unmounter: cap DAC_READ_SEARCH', 'unmount', /still mounted/),
  row('unmounter: mount /mounts', 'unmount', /still mounted/),
  row('installer: tmpfs /tmp', 'install', /Read-only file system/),
]

/** With the paths and ids of a scenario. */
export function toReal(of: string, scenario: Scenario): string {
  const { person, namespace, workspace } = scenario
  const { name, groupId } = person.account
  const words: readonly (readonly [string, string])[] = [
    ['FILES', filesOf(scenario)],
    ['PROJECT', `${workspace.environmentPath}/namespaces/web`],
    ['HOME', `/home/${name}`],
    ['NAMESPACE', namespace],
    ['group PERSON', `group ${groupId}`],
    ['group DOCKER', `group ${statSync('/var/run/docker.sock').gid}`],
  ]
  return words.reduce((text, [word, real]) => text.replace(word, real), of)
}
