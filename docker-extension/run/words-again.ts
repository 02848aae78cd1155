import type { EnvironmentStatus } from '../../session/engine-status.ts'

type DevContainer = EnvironmentStatus['devContainers'][number]

export interface Again {
  readonly placeWords: readonly string[]
  readonly hasProjects: boolean
  /** Of the headers that choose its requests: labels have their names alone. */
  readonly headerValues: Readonly<Record<string, string>>
}

/** The words that attach the same again; undefined where it is of another version. */
export function wordsAgain(
  { namespace, project, image, attachment, published }: DevContainer,
  { placeWords, hasProjects, headerValues }: Again,
): readonly string[] | undefined {
  if (attachment === undefined) return undefined
  const { mode, workload, ports, container, pathPrefix, pathRegex, mount, toPod = [], agent } = attachment
  return [
    mode,
    ...placeWords,
    // A project's own files name its image.
    ...(hasProjects ? option('project', project) : option('image', image)),
    ...option('container', container),
    ...(mode === 'replace' ? [] : ['--agent', agent]),
    ...ports.flatMap(({ local, remote }) => ['--port', `${local}:${remote}`]),
    ...toPod.flatMap(port => ['--to-pod', port]),
    ...(attachment.headers ?? []).map(name => `--header=${name}=${headerValues[name] ?? ''}`),
    ...option('path-prefix', pathPrefix),
    ...option('path-regex', pathRegex),
    ...option('mount', mount),
    ...published.flatMap(each => ['--publish', each]),
    '--detach',
    namespace,
    workload,
  ]
}

/** A value may begin with a dash, so it is no word of its own. */
const option = (name: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`--${name}=${value}`]
