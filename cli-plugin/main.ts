import { metadata } from './metadata.ts'

// Docker asks for the metadata before every call, so it is answered before anything else is loaded.
if (process.argv[2] === 'docker-cli-plugin-metadata') process.stdout.write(`${metadata()}\n`)
else void import('./dispatch.ts').then(({ dispatch }) => dispatch(process.argv.slice(2)))
