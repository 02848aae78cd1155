/**
 * What a container is given beyond a place to run in, each as two words: `cap NET_ADMIN`, `device /dev/net/tun`,
 * `group 1000`, `mount /logs`, `write /logs` (and `write /`, of its own files), `tmpfs /tmp`, `cap default` (Docker's own
 * set). Any of them can be left out.
 */
import type { ComposeMount, ComposeService } from '../../../compose/project.ts'

export type Grant = string

export function grantsOf(service: ComposeService): readonly Grant[] {
  const { cap_add = [], devices = [], group_add = [], volumes = [], tmpfs = [] } = service
  return [
    ...(service.cap_drop === undefined ? ['cap default'] : []),
    ...cap_add.map(name => `cap ${name}`),
    ...devices.map(device => `device ${firstOf(device)}`),
    ...group_add.map(group => `group ${group}`),
    ...volumes.flatMap(mountGrants),
    ...tmpfs.map(path => `tmpfs ${firstOf(path)}`),
    ...(service.read_only === true ? [] : ['write /']),
  ]
}

const mountGrants = ({ target, read_only }: ComposeMount): readonly Grant[] => [
  `mount ${target}`,
  ...(read_only === true ? [] : [`write ${target}`]),
]

const firstOf = (text: string): string => text.replace(/:.*/, '')

export function withoutGrant(service: ComposeService, grant: Grant): ComposeService {
  const [kind = '', what = ''] = grant.split(/ (.*)/s)
  const others = (list: readonly string[] = []) => list.filter(each => firstOf(each) !== what)
  switch (kind) {
    case 'cap':
      return what === 'default'
        ? { ...service, cap_drop: ['ALL'] }
        : { ...service, cap_add: others(service.cap_add) }
    case 'device':
      return { ...service, devices: others(service.devices) }
    case 'group':
      return { ...service, group_add: others(service.group_add) }
    case 'tmpfs':
      return { ...service, tmpfs: others(service.tmpfs) }
    case 'mount':
      return { ...service, volumes: (service.volumes ?? []).filter(({ target }) => target !== what) }
    case 'write':
      return what === '/' ? { ...service, read_only: true } : withReadOnly(service, what)
  }
  throw new Error(`no such kind of grant: ${grant}`)
}

const withReadOnly = (service: ComposeService, path: string): ComposeService => ({
  ...service,
  volumes: (service.volumes ?? []).map(mount =>
    mount.target === path ? { ...mount, read_only: true } : mount,
  ),
})

/** Options of `docker run` without a value. */
const FLAGS = ['--rm', '--init', '--interactive', '--read-only']
const KINDS: Readonly<Record<string, string>> = {
  '--cap-add': 'cap',
  '--device': 'device',
  '--group-add': 'group',
  '--tmpfs': 'tmpfs',
}

interface Option {
  readonly words: readonly string[]
  readonly grants: readonly Grant[]
}

/** The same of the words of `docker run`. */
export function grantsOfWords(words: readonly string[]): readonly Grant[] {
  const { options } = takeApart(words)
  const has = (...option: readonly string[]) => options.some(each => each.words.join() === option.join())
  return [
    ...(has('--cap-drop', 'ALL') ? [] : ['cap default']),
    ...options.flatMap(({ grants }) => grants),
    ...(has('--read-only') ? [] : ['write /']),
  ]
}

export function wordsWithoutGrant(words: readonly string[], grant: Grant): readonly string[] {
  const { options, rest } = takeApart(words)
  const kept = options.flatMap(option => {
    if (!option.grants.includes(grant)) return option.words
    const [name = '', value = ''] = option.words
    return grant.startsWith('write ') ? [name, `${value},readonly`] : []
  })
  const more = { 'write /': ['--read-only'], 'cap default': ['--cap-drop', 'ALL'] }[grant] ?? []
  return ['run', ...more, ...kept, ...rest]
}

function takeApart([, ...words]: readonly string[]): {
  readonly options: readonly Option[]
  readonly rest: readonly string[]
} {
  const options: Option[] = []
  let at = 0
  while (words[at]?.startsWith('--')) {
    const size = FLAGS.includes(words[at] ?? '') ? 1 : 2
    options.push(toOption(words.slice(at, at + size)))
    at += size
  }
  return { options, rest: words.slice(at) }
}

function toOption(words: readonly string[]): Option {
  const [name = '', value = ''] = words
  if (name === '--mount') {
    const target = /,target=([^,]+)/.exec(value)?.[1] ?? ''
    const isReadOnly = value.split(',').includes('readonly')
    return { words, grants: [`mount ${target}`, ...(isReadOnly ? [] : [`write ${target}`])] }
  }
  const kind = KINDS[name]
  return { words, grants: kind === undefined ? [] : [`${kind} ${firstOf(value)}`] }
}
