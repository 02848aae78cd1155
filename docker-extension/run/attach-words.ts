import type { Agent, Mode, MountKind } from '../../session/mode.ts'
import { traitsOf } from '../../session/mode.ts'
import { type Place, placeWords } from './place.ts'

export interface ChosenPort {
  readonly local: string
  readonly remote: string
}

/** What a person has filled in. Empty text is what was left out. */
export interface AttachForm {
  readonly mode: Mode
  readonly namespace: string
  readonly workload: string
  readonly ports: readonly ChosenPort[]
  readonly project: string
  readonly image: string
  readonly container: string
  /** CIDRs, with commas between them. */
  readonly alsoProxy: string
  readonly mount: MountKind | ''
  /** As NAME=VALUE, a line each. */
  readonly headers: string
  readonly pathPrefix: string
  readonly pathRegex: string
  /** As [HOSTPORT:]PORT, with commas between them. */
  readonly publish: string
  /** As PORT[/udp], with commas between them. */
  readonly toPod: string
  readonly agent: Agent | ''
  /** As NAME=VALUE, a line each. */
  readonly env: string
  readonly takeOver: boolean
}

export const EMPTY_FORM: AttachForm = {
  mode: 'intercept',
  namespace: '',
  workload: '',
  ports: [],
  project: '',
  image: '',
  container: '',
  alsoProxy: '',
  mount: '',
  headers: '',
  pathPrefix: '',
  pathRegex: '',
  publish: '',
  toPod: '',
  agent: '',
  env: '',
  takeOver: false,
}

/** What is to be filled in next; undefined where a plan can be asked for, which says what is still wrong. */
export function nextField(
  { mode, namespace, workload, ports, project, image }: AttachForm,
  isStandalone: boolean,
): 'namespace' | 'workload' | 'port' | 'project' | 'image' | undefined {
  if (namespace === '') return 'namespace'
  if (workload === '') return 'workload'
  if (traitsOf[mode].ports !== 'none' && ports.length === 0) return 'port'
  if (isStandalone) return image === '' ? 'image' : undefined
  return project === '' ? 'project' : undefined
}

/** The words of the command that attaches it, and leaves it running. */
export function attachWords(form: AttachForm, place: Place): readonly string[] {
  const { ports, canFilter, reachesPod, agents, isExclusive } = traitsOf[form.mode]
  return [
    form.mode,
    ...placeWords(place),
    ...option('project', form.project),
    ...option('image', form.image),
    ...option('container', form.container),
    ...(agents.length > 1 ? option('agent', form.agent) : []),
    ...(ports === 'none' ? [] : form.ports.flatMap(({ local, remote }) => ['--port', `${local}:${remote}`])),
    ...listed(form.alsoProxy).flatMap(cidr => ['--also-proxy', cidr]),
    ...(form.mount === '' ? [] : [`--mount=${form.mount}`]),
    ...(canFilter ? filterWords(form) : []),
    ...(reachesPod ? listed(form.toPod).flatMap(port => ['--to-pod', port]) : []),
    ...linesOf(form.env).flatMap(variable => option('env', variable)),
    ...listed(form.publish).flatMap(port => ['--publish', port]),
    ...(isExclusive && form.takeOver ? ['--take-over'] : []),
    '--detach',
    form.namespace,
    form.workload,
  ]
}

const filterWords = ({ headers, pathPrefix, pathRegex }: AttachForm): readonly string[] => [
  ...linesOf(headers).flatMap(header => option('header', header)),
  ...option('path-prefix', pathPrefix),
  ...option('path-regex', pathRegex),
]

/** A value may begin with a dash, so it is not a word of its own then. */
const option = (name: string, value: string): readonly string[] => {
  if (value.trim() === '') return []
  return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value.trim()]
}

const listed = (text: string): readonly string[] => text.split(/[\s,]+/).filter(part => part !== '')

const linesOf = (text: string): readonly string[] => text.split('\n').filter(line => line.trim() !== '')
