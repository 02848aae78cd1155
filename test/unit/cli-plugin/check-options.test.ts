import { test } from 'vitest'
import { checkOptions } from '../../../cli-plugin/attach/check-options.ts'
import type { AttachTyped } from '../../../cli-plugin/attach/options.ts'
import { parseCommandLine } from '../../../cli-plugin/command-line.ts'
import { intercept } from '../../../cli-plugin/commands/intercept.ts'

const check = (...words: readonly string[]) =>
  checkOptions(parseCommandLine(intercept, words) as AttachTyped, { HERE: 'from here' })

test('without options nothing is decided that can be asked, or that the cluster tells', ({ expect }) => {
  expect(check('myapp', 'api')).toEqual({
    agent: undefined,
    ports: [],
    toPod: [],
    publications: [],
    filter: { headers: [], pathPrefix: undefined, pathRegex: undefined },
    variables: {},
    alsoProxy: undefined,
    takesOver: false,
    assumeYes: false,
    asJson: false,
    shared: { kubeconfig: true, dockerConfig: true, netrc: true, dockerSocket: false },
  })
})

test('every option means what it says', ({ expect }) => {
  const words = ['-p', '8080:http', '-p', '9090:9000', '--agent', 'node', '--format', 'json', '-d']
  const variables = ['-e', 'A=b=c\nd', '-e', 'EMPTY=', '-e', 'HERE', '-e', 'NOWHERE']
  const networks = ['--also-proxy', '10.0.0.0/8, 172.16.0.0/12', '--also-proxy', 'fd00::/8']
  const filter = ['--header', 'X-User=a=b', '--path-prefix', '/a', '--path-regex', '.*']
  const pod = ['--to-pod', '9090', '--to-pod', '53/udp', '--publish', '3000', '--publish', '0.0.0.0:8080:80']
  const shared = [
    '--no-kubeconfig',
    '--no-docker-config',
    '--no-netrc',
    '--docker-socket',
    '--take-over',
    '-y',
  ]
  expect(check(...words, ...variables, ...networks, ...filter, ...pod, ...shared)).toEqual({
    agent: 'node',
    ports: [
      { local: 8080, remote: 'http' },
      { local: 9090, remote: '9000' },
    ],
    toPod: ['9090', '53/UDP'],
    publications: [
      { address: '127.0.0.1', hostPort: 3000, port: 3000 },
      { address: '0.0.0.0', hostPort: 8080, port: 80 },
    ],
    filter: { headers: [{ name: 'X-User', value: 'a=b' }], pathPrefix: '/a', pathRegex: '.*' },
    variables: { A: 'b=c\nd', EMPTY: '', HERE: 'from here', NOWHERE: '' },
    alsoProxy: ['10.0.0.0/8', '172.16.0.0/12', 'fd00::/8'],
    takesOver: true,
    assumeYes: true,
    asJson: true,
    shared: { kubeconfig: false, dockerConfig: false, netrc: false, dockerSocket: true },
  })
})

test('an empty network is the answer "none"', ({ expect }) => {
  expect(check('--also-proxy', '').alsoProxy).toEqual([])
})

test.for([
  ['--agent sidecars', '--agent is node or sidecar, and not "sidecars".'],
  ['--format yaml --detach', '--format is human or json, and not "yaml".'],
  ['--format json', '--format json has no terminal to give: it needs --detach, --dry-run or -- COMMAND.'],
  ['--', 'No command stands after "--".'],
  ['-p 8080', '--port "8080" is not LOCAL:REMOTE, as 8080:http or 8080:80.', 'PORT_UNUSABLE'],
  ['-p 99999:http', '--port "99999" is not a port: a number from 1 to 65535 is.', 'PORT_UNUSABLE'],
  ['-p 1:a -p 1:b', '--port names the local port 1 twice.', 'PORT_TWICE'],
  ['-p 1:a -p 2:a', '--port names the remote port a twice.', 'PORT_TWICE'],
  ['--header x-user', '--header "x-user" is not NAME=VALUE.'],
  ['--header x:user=secret', '--header "x:user" is not NAME=VALUE.'],
  ['--path-prefix a', '--path-prefix "a" does not start with "/", as every path does.'],
  ['--to-pod http', '--to-pod "http" is not a port, as 9090 or 5353/udp.', 'PORT_UNUSABLE'],
  ['myapp Api', '"Api" is no name of a workload: small letters, digits and hyphens are.', 'NAME_UNUSABLE'],
  ['MYAPP', '"MYAPP" is no name of a namespace: small letters, digits and hyphens are.', 'NAME_UNUSABLE'],
  ['-e 1A=x', '--env "1A" is not NAME=VALUE.'],
  ['-e =secret', '--env "" is not NAME=VALUE.'],
  ['--also-proxy 10.0.0.0', '"10.0.0.0" is not a CIDR, as 10.0.0.0/8.', 'CIDR_UNUSABLE'],
  ['--also-proxy 10.0.0.0/8,office', '"office" is not a CIDR, as 10.0.0.0/8.', 'CIDR_UNUSABLE'],
] as const)('%s is refused: %s', ([words, message, code = 'USAGE'], { expect }) => {
  expect(() => check(...words.split(' '))).toThrow(expect.objectContaining({ code, message }))
})

test.for(['--detach', '--dry-run', '-- true'])('--format json is possible with %s', (words, { expect }) => {
  expect(check('--format', 'json', ...words.split(' ')).asJson).toBe(true)
})
