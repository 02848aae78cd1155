import fc from 'fast-check'
import { test } from 'vitest'
import { parse } from 'yaml'
import type { ComposeProject } from '../../../compose/project.ts'
import { toComposeYaml } from '../../../compose/yaml.ts'

const projectWith = (environment: Readonly<Record<string, string>>): ComposeProject => ({
  name: 'p',
  services: { s: { image: 'i', container_name: 'c', labels: {}, environment } },
})

test('numbers, booleans and dates of other YAML versions stay text, and nothing is expanded', ({
  expect,
}) => {
  const environment = {
    A: 'yes',
    B: '0o17',
    C: '12:30:45',
    D: '2001-01-01',
    E: '~',
    F: '',
    G: '$HOME ${X:-y} $$',
  }
  expect(toComposeYaml(projectWith(environment))).toBe(`"name": "p"
"services":
  "s":
    "image": "i"
    "container_name": "c"
    "labels": {}
    "environment":
      "A": "yes"
      "B": "0o17"
      "C": "12:30:45"
      "D": "2001-01-01"
      "E": "~"
      "F": ""
      "G": "$$HOME $\${X:-y} $$$$"
`)
})

test('what YAML reads back is what was written, but for the doubled dollars', ({ expect }) => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'binary' })), environment => {
      const doubled = Object.entries(environment).map(([name, value]) => [
        name,
        value.replaceAll('$', '$$$$'),
      ])
      expect(parse(toComposeYaml(projectWith(environment))).services.s.environment).toEqual(
        Object.fromEntries(doubled),
      )
    }),
  )
})

test('the same input gives the same bytes, with no anchors for what occurs twice', ({ expect }) => {
  const labels = { a: 'b' }
  const service = { image: 'i', container_name: 'c', labels, command: ['x', 'x'] }
  const project: ComposeProject = { name: 'p', services: { one: service, two: service } }
  expect(toComposeYaml(project)).toBe(toComposeYaml(structuredClone(project)))
  expect(toComposeYaml(project)).not.toMatch(/[&*]/)
})
