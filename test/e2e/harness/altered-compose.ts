import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { ComposeProject, ComposeService } from '../../../compose/project.ts'
import type { Grant } from '../../worlds/grants.ts'
import { theRun } from './run.ts'
import type { Scenario } from './scenario.ts'
import { giveTo } from './workspace.ts'

/** A docker for one person, whose Compose is told less than our program tells it. */
export interface AlteredCompose {
  readonly env: Readonly<Record<string, string>>
  /** What our program has rendered so far: the services by their names. */
  rendered(): Readonly<Record<string, ComposeService>>
  /** From now on a service is made without it. */
  remove(grant: Grant): void
  /** Whether a service was made so since. */
  isRemoved(): boolean
}

/** Compose itself says that what it gets is a project: else to fail would prove nothing. */
const DOCKER = `#!/bin/bash
here=$(dirname "$0")
real=$(PATH=\${PATH#"$here":} command -v docker)
[ "$1" = compose ] || exec "$real" "$@"
yaml=$(mktemp "$here/rendered/XXXXXX")
cat > "$yaml"
if grep --quiet "^  \\"$(< "$here/service")\\":" "$yaml" && [ -s "$yaml" ]; then
  "$real" "\${@:1:7}" --file "$here/altered.yaml" config --quiet < "$yaml" && touch "$here/removed"
  exec "$real" "\${@:1:7}" --file "$here/altered.yaml" "\${@:8}" < "$yaml"
fi
exec "$real" "$@" < "$yaml"
`

export function alterCompose({ directory, person }: Scenario): AlteredCompose {
  const place = join(directory, 'altered')
  mkdirSync(join(place, 'rendered'), { recursive: true })
  writeFileSync(join(place, 'docker'), DOCKER)
  writeFileSync(join(place, 'service'), 'nothing is altered')
  chmodSync(join(place, 'docker'), 0o755)
  giveTo(person.account, place)
  return {
    env: { PATH: `${place}:${theRun().directory}/bin:${process.env['PATH'] ?? ''}` },
    rendered() {
      const files = readdirSync(join(place, 'rendered')).map(name => join(place, 'rendered', name))
      const projects = files.map(file => parse(readFileSync(file, 'utf8')) as ComposeProject | null)
      return Object.assign({}, ...projects.map(project => project?.services ?? {}))
    },
    remove({ service, without }) {
      const lines = Object.entries(without).map(
        ([key, value]) => `    ${key}: ${Array.isArray(value) ? '!override ' : ''}${JSON.stringify(value)}\n`,
      )
      writeFileSync(join(place, 'altered.yaml'), `services:\n  "${service}":\n${lines.join('')}`)
      writeFileSync(join(place, 'service'), service)
      rmSync(join(place, 'removed'), { force: true })
    },
    isRemoved: () => readdirSync(place).includes('removed'),
  }
}
