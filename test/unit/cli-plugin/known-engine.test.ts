import { test } from 'vitest'
import { knownEngine, toEngineLabel } from '../../../cli-plugin/surroundings/check-engine.ts'
import { keeper, session } from '../../fakes/containers.ts'
import { fakeDocker } from '../../fakes/docker.ts'
import { fakeEdges } from '../../fakes/edges.ts'
import { endpoint, engineWithCompose } from '../../fakes/intercept-in-fake-world.ts'

const found = { isRootless: true, isDesktop: false, socket: '/run/user/1000/docker.sock', isHere: true }
const asked = { isRootless: false, isDesktop: false, socket: '/var/run/docker.sock', isHere: true }
const labelled = { ...keeper, engine: toEngineLabel(found) }

test('what the keeper says of the engine is not asked for again', async ({ expect }) => {
  const { docker, calls } = fakeDocker([])
  expect(await knownEngine([session, labelled], fakeEdges({ docker }))).toEqual(found)
  expect(calls).toEqual([])
})

test.for([
  ['no keeper is there', [session]],
  ['it does not run', [{ ...labelled, state: 'exited' }]],
  ['somebody else has started it, or on another computer', [{ ...labelled, owner: 'ada@desk' }]],
  ['an older version has made it', [keeper]],
  ['another version has written it', [{ ...labelled, engine: '{"isRootless":true}' }]],
  ['somebody has written it', [{ ...labelled, engine: 'rootless' }]],
] as const)('the engine is asked where %s', async ([, containers], { expect }) => {
  const { docker } = fakeDocker([endpoint, engineWithCompose('2.30.0')])
  expect(await knownEngine(containers, fakeEdges({ docker }))).toEqual(asked)
})
