/** The value of docker's `--mount`: a line of comma-separated values, in which a path may hold commas and quotes. */
export const mountOption = (
  source: string,
  target: string,
  { type = 'bind', isReadOnly = false, propagation }: MountTraits = {},
): string =>
  [
    `type=${type},"source=${source.replaceAll('"', '""')}",target=${target}`,
    ...(isReadOnly ? ['readonly'] : []),
    ...(propagation === undefined ? [] : [`bind-propagation=${propagation}`]),
  ].join()

interface MountTraits {
  readonly type?: string
  readonly isReadOnly?: boolean
  readonly propagation?: 'rshared'
}
