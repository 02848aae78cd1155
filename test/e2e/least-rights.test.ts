import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { docker } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { within } from './harness/scenario.ts'

test(
  'a dev container reaches neither the engine, nor the session’s kubeconfig, nor the network of another environment',
  within({}, async scenario => {
    const other = await startElsewhere()
    try {
      const { person, intercept, names, workspace } = scenario
      const look = ['python3', '-c', LOOK, workspace.path, other.address]
      const started = person.start(
        intercept({
          options: ['--no-kubeconfig', '--no-docker-config'],
          command: ['bash', '-c', 'echo; read'],
        }),
      )
      await eventually(() => expect(started.stdout(), started.stderr()).toBe('\n'))
      const seen = await docker(['exec', names.devContainer(), ...look])
      expect(JSON.parse(seen)).toEqual({ sockets: [], kubeconfigs: [], elsewhere: false, itself: true })
      started.endInput()
      await started.ended
    } finally {
      await other.remove()
    }
  }),
)

/** Searches all files, and asks an address of the other network; and itself, to see that to ask is possible. */
const LOOK = `
import json, os, socket, stat, sys, threading
found = {'sockets': [], 'kubeconfigs': []}
for top, directories, files in os.walk('/'):
    if top in ('/proc', '/sys', '/dev'): directories[:] = []; continue
    for name in files:
        path = os.path.join(top, name)
        try:
            kind = os.stat(path)
            if stat.S_ISSOCK(kind.st_mode): found['sockets'].append(path)
            elif kind.st_size < 100000 and b'client-key-data' in open(path, 'rb').read(): found['kubeconfigs'].append(path)
        except OSError: pass
def reaches(address):
    try: socket.create_connection((address, 8099), 3).close(); return True
    except OSError: return False
server = socket.create_server(('127.0.0.1', 8099))
print(json.dumps({**found, 'elsewhere': reaches(sys.argv[2]), 'itself': reaches('127.0.0.1')}))
`

/** Something that listens, on a network as another environment has it. */
async function startElsewhere() {
  const name = `kde-tp-test-elsewhere-${randomBytes(3).toString('hex')}`
  await docker(['network', 'create', name])
  const serve = ['python3', '-m', 'http.server', '8099']
  await docker(['run', '--detach', '--name', name, '--network', name, 'kde-tp-sandbox/dev:1', ...serve])
  const address = await docker([
    'inspect',
    '--format',
    `{{(index .NetworkSettings.Networks "${name}").IPAddress}}`,
    name,
  ])
  return {
    address,
    async remove() {
      await docker(['rm', '--force', name])
      await docker(['network', 'rm', name])
    },
  }
}
