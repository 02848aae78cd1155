import { chooseLanguage } from '../language/choose-language.ts'
import { speak } from '../language/t.ts'
import { metadata } from './metadata.ts'

// Docker asks for the metadata before every call, so it is answered before anything else is loaded.
if (process.argv[2] === 'docker-cli-plugin-metadata') process.stdout.write(`${metadata()}\n`)
else void start()

async function start(): Promise<never> {
  const words = process.argv.slice(2)
  if (chooseLanguage(words, process.env) === 'zh-TW') speak((await import('../language/zh-TW.ts')).zhTW)
  const { dispatch } = await import('./dispatch.ts')
  return dispatch(words)
}
