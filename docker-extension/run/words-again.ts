import type { EnvironmentStatus } from '../../session/engine-status.ts'

type DevContainer = EnvironmentStatus['devContainers'][number]

/** The words that attach the same again; undefined where headers choose its requests, of which only the names are known. */
export function wordsAgain(
  { namespace, project, attachment }: DevContainer,
  placeWords: readonly string[],
  hasProjects: boolean,
): readonly string[] | undefined {
  if (attachment === undefined || (attachment.headers?.length ?? 0) > 0) return undefined
  const { mode, workload, ports, container, pathPrefix, pathRegex, mount, toPod = [], agent } = attachment
  return [
    mode,
    ...placeWords,
    ...(hasProjects && project !== undefined ? ['--project', project] : []),
    ...(container === undefined ? [] : ['--container', container]),
    ...(mode === 'replace' ? [] : ['--agent', agent]),
    ...ports.flatMap(({ local, remote }) => ['--port', `${local}:${remote}`]),
    ...toPod.flatMap(port => ['--to-pod', port]),
    ...(pathPrefix === undefined ? [] : [`--path-prefix=${pathPrefix}`]),
    ...(pathRegex === undefined ? [] : [`--path-regex=${pathRegex}`]),
    ...(mount === undefined ? [] : [`--mount=${mount}`]),
    '--detach',
    namespace,
    workload,
  ]
}
