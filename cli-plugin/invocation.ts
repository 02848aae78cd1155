/** What was typed: docker's own options, which go on to each docker call of ours, and our words. */
export interface Invocation {
  readonly dockerOptions: readonly string[]
  readonly words: readonly string[]
  /** What a person types to call us, for usage lines. */
  readonly calledAs: string
}

/** What docker writes before a plugin's name. */
interface Lead {
  readonly options: readonly string[]
  readonly verb: string | undefined
  readonly length: number
}

/** Docker's own options whose value is the next word. Of several letters in one word only the last can have it there. */
const TAKES_VALUE = /^(--(config|context|host|log-level|tlscacert|tlscert|tlskey)|-[Dhv]*[cHl])$/
const VERBS = new Set(['help', '__complete', '__completeNoDesc'])
const ASKS_HELP = new Set(['--help', '-h'])

/**
 * Takes the command line apart. Docker hands a plugin the whole of its own line: `--context x kdetp intercept …`,
 * `help kdetp intercept`, `--help kdetp`, `__complete kdetp …`. The name in such a place shows that docker calls, not
 * docker's variable, which everything inherits that a plugin starts.
 */
export function parseInvocation(argv: readonly string[], inheritsFromDocker: boolean): Invocation {
  const { options, verb, length } = leadOf(argv)
  const rest = argv.slice(length + 1)
  if (argv[length] !== 'kdetp') return { dockerOptions: [], words: argv, calledAs: 'kde-tp' }
  return {
    dockerOptions: options,
    words: verb === undefined ? rest : [verb, ...rest],
    calledAs: inheritsFromDocker ? 'docker kde-tp' : 'kde-tp',
  }
}

function leadOf(argv: readonly string[]): Lead {
  const options: string[] = []
  let verb: string | undefined
  let index = 0
  for (let word = argv[index]; word !== undefined; word = argv[index]) {
    if (ASKS_HELP.has(word)) verb ??= 'help'
    else if (VERBS.has(word)) verb ??= word
    else if (!/^-./.test(word)) break
    else if (word !== '--') options.push(...argv.slice(index, index + wordsOf(word)))
    index += wordsOf(word)
  }
  return { options, verb, length: index }
}

const wordsOf = (option: string): number => (TAKES_VALUE.test(option) ? 2 : 1)
