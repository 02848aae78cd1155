import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { NETWORK, NODE } from './harness/cluster.ts'
import { inspect, namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { withPublisher } from './harness/publisher.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'
import { giveTo } from './harness/workspace.ts'

test(
  'an API server on the host’s loopback is reached through the container that publishes its port',
  within({}, async scenario => {
    await withPublisher(async server => {
      makeOutsideCluster(scenario, server)
      const started = await startServing(scenario)
      const { NetworkSettings } = await inspect(scenario.names.holder)
      expect(Object.keys(NetworkSettings.Networks)).toEqual([NETWORK])
      started.signal('SIGTERM')
      await started.ended
      await eventually(async () => expect(await scenario.answererOf()).toBe('the cluster'))
    })
  }),
)

test(
  'an API server that only a program of the host leads to is reached by a relay at the gateway of our network',
  within({}, async scenario => {
    const { person, names, workspace } = scenario
    const port = 30_000 + Math.floor(Math.random() * 10_000)
    const { NetworkSettings } = await inspect(NODE)
    const node = (NetworkSettings.Networks[NETWORK] as { readonly IPAddress: string }).IPAddress
    const tunnel = person.start(['kde-tp', 'relay', '--listen', `127.0.0.1:${port}`, '--to', `${node}:6443`])
    makeOutsideCluster(scenario, `https://127.0.0.1:${port}`)
    const started = await startServing(scenario)
    expect(await namesOf('container', workspace.path)).toContain(
      `${names.composeProject}-relay-${scenario.namespace}`,
    )
    expect(await namesOf('network', workspace.path)).toEqual([names.composeProject])
    // Nobody but the session's network comes in there.
    expect(await listeners(port)).toEqual([expect.stringMatching(/^10\.213\.\d+\.1$/), '127.0.0.1'])
    started.signal('SIGTERM')
    await started.ended
    await eventually(async () => expect(await scenario.answererOf()).toBe('the cluster'))
    tunnel.signal('SIGTERM')
    await tunnel.ended
  }),
)

test(
  'a short-lived credential is renewed in its place while a command lives',
  within({}, async scenario => {
    const { workspace, directory, person } = scenario
    const calls = join(directory, 'calls')
    makeExecCredential(scenario, calls)
    const started = await startServing(scenario)
    const config = join(workspace.environmentPath, '.telepresence/run/kubeconfig/config')
    const first = readFileSync(config, 'utf8')
    await eventually(() => expect(readFileSync(config, 'utf8')).not.toBe(first))
    expect(readFileSync(calls, 'utf8').split('\n').length).toBeGreaterThan(2)
    expect(await scenario.answererOf()).toBe('the dev container')
    started.signal('SIGTERM')
    await started.ended
    // The person's own file is never touched.
    expect(readFileSync(workspace.kubeconfigPath, 'utf8')).toContain('credential-program')
    expect(person.account.userId).toBeGreaterThan(0)
  }),
)

test(
  'a short-lived credential is renewed by exec too, when the command that started the dev container has left',
  within({}, async scenario => {
    const { workspace, directory, person, namespace, intercept } = scenario
    makeExecCredential(scenario, join(directory, 'calls'))
    const place = [namespace, 'api', '--workspace', workspace.path]
    const left = await person.run(intercept({ options: ['--detach'], command: ['python3', 'serve.py'] }))
    expect(left.exitCode, left.stderr).toBe(0)
    const config = join(workspace.environmentPath, '.telepresence/run/kubeconfig/config')
    const read = (): string => readFileSync(config, 'utf8')
    const exec = person.start(['kde-tp', 'exec', ...place, '--', 'sleep', 'infinity'])
    // The first time is of its start, the second of its staying.
    for (let times = 0; times < 2; times += 1) {
      const known = read()
      await eventually(() => expect(read(), exec.stderr()).not.toBe(known))
    }
    exec.signal('SIGTERM')
    await exec.ended
    expect(await person.run(['kde-tp', 'detach', ...place])).toMatchObject({ exitCode: 0 })
  }),
)

/** What KDE-cli keeps of a cluster that it did not make. */
function makeOutsideCluster({ workspace, person }: Scenario, server: string): void {
  const { environmentPath, environment, kubeconfigPath } = workspace
  const lines = [
    `ENV_NAME=${environment}`,
    'ENV_TYPE=k8s',
    'K8S_CONTAINER_NAME=127.0.0.1',
    'DOCKER_NETWORK=bridge',
  ]
  writeFileSync(join(environmentPath, 'k8s.env'), `${lines.join('\n')}\n`)
  writeFileSync(
    kubeconfigPath,
    readFileSync(kubeconfigPath, 'utf8').replace(/server: .*/, `server: ${server}`),
  )
  giveTo(person.account, environmentPath)
}

/** The administrator's certificate as a credential program gives it, good for ten seconds each time. */
function makeExecCredential({ workspace, directory, person }: Scenario, calls: string): void {
  const kubeconfig = parse(readFileSync(workspace.kubeconfigPath, 'utf8')) as Kubeconfig
  const user = kubeconfig.users[0]?.user
  const pem = (data = ''): string => Buffer.from(data, 'base64').toString('utf8')
  const answer = join(directory, 'answer.json')
  const status = {
    clientCertificateData: pem(user?.['client-certificate-data']),
    clientKeyData: pem(user?.['client-key-data']),
  }
  writeFileSync(answer, JSON.stringify(status))
  const program = join(directory, 'credential-program')
  const script = [
    '#!/usr/bin/env python3',
    'import datetime, json',
    `open(${JSON.stringify(calls)}, "a").write("called\\n")`,
    `status = json.load(open(${JSON.stringify(answer)}))`,
    'status["clientKeyData"] += "\\n" * (datetime.datetime.now().second + 1)',
    'end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=10)',
    'status["expirationTimestamp"] = end.strftime("%Y-%m-%dT%H:%M:%SZ")',
    'print(json.dumps({"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": status}))',
  ]
  writeFileSync(program, `${script.join('\n')}\n`, { mode: 0o755 })
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: program, interactiveMode: 'Never' }
  const users = kubeconfig.users.map(entry => ({ ...entry, user: { exec } }))
  writeFileSync(workspace.kubeconfigPath, stringify({ ...kubeconfig, users }))
  giveTo(person.account, directory)
}

interface Kubeconfig {
  readonly users: readonly {
    readonly user: { readonly 'client-certificate-data'?: string; readonly 'client-key-data'?: string }
  }[]
}

/** The addresses that listen on a port of the host. */
async function listeners(port: number): Promise<readonly string[]> {
  const table = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  return table
    .map(line => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => local.endsWith(`:${hex}`) && state === '0A')
    .map(([, local = '']) =>
      (local.slice(0, 8).match(/../g) ?? [])
        .toReversed()
        .map(byte => Number.parseInt(byte, 16))
        .join('.'),
    )
    .toSorted()
}
