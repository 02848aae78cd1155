import { t } from '../../language/t.ts'
import { defineCommand } from '../command.ts'
import { writeBundle } from '../doctor/bundle.ts'
import { examine } from '../doctor/examine.ts'
import { isJson } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'

export const doctor = defineCommand({
  name: 'doctor',
  summary: t`Look at all that an attachment needs, and say what is missing`,
  usage: '[OPTIONS] [NAMESPACE]',
  description: [
    t`Looks at engine, plugin, workspace, API server, traffic-manager, your rights and what lies about, and changes nothing.`,
    t`Ends with 1 where something has failed.`,
  ].join('\n'),
  options: {
    bundle: {
      type: 'string',
      value: 'FILE',
      summary: t`Also write all that helps others to help, without secrets`,
    },
    ...placeOptions,
  },
  positionals: 1,
  names: ['namespace'],
  async run({ values, positionals: [namespace] }, edges) {
    isJson(values.format)
    const { workspace, environment, bundle } = values
    const findings = await examine({ workspace, environment, namespace }, edges)
    edges.emit({ type: 'findings', findings: [...findings] })
    if (bundle !== undefined) await writeBundle(bundle, findings, edges)
    const exitCode = findings.some(({ state }) => state === 'failed') ? 1 : 0
    edges.emit({ type: 'result', exitCode })
    return exitCode
  },
})
