/**
 * Checks that each text of the code, t`…`, is in every other language, and that these have no other texts. A sentence that
 * is not in t`…` is found by where it stands.
 */
import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import type { Catalogue } from '../language/t.ts'
import { zhTW } from '../language/zh-TW.ts'

/** Names are the same in every language. */
const NAMES = new Set(['AGENT', 'API server', 'Compose', 'Engine', 'Traffic-manager', 'volume'])
/** What runs in containers writes logs, which are English. Docker asks for the metadata before there is a language. */
const NOT_FOR_PERSONS = [
  /^compose\//,
  /^cli-plugin\/(cluster|keeper|session|shim)\//,
  /^cli-plugin\/commands\/(choices|keeper|keeper-plan|look|mounts|relay|session)\.ts/,
  /^cli-plugin\/(edges\/relay|metadata)\.ts/,
  /^session\/(plan-(healing|keeping)\.ts|keeper-step\.ts|happening\.ts|outage\.ts|commands\/)/,
]
const THREE_WORDS = /[A-Za-z]{2,}[,:;]? [a-z]+[,:;]? [a-z]+/

const problems: string[] = []
const texts = new Set<string>()
for (const file of globSync('{workspace,compose,session,cli-plugin,docker-extension}/**/*.{ts,tsx}'))
  read(file)
if (texts.size === 0) problems.push('No text was found, so none was checked.')
compare(zhTW)
console.log(problems.join('\n'))
process.exitCode = problems.length === 0 ? 0 : 1

function read(file: string): void {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const isForPersons = !NOT_FOR_PERSONS.some(files => files.test(file))
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 't') texts.add(keyOf(node.template))
    else if (isForPersons && isSentence(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      problems.push(`${file}:${line + 1}: is this for a person, and not in t\`…\`? ${node.getText()}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
}

/** As `t` makes it. */
function keyOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
  const parts = template.templateSpans.map(({ literal }, index) => `{${index}}${literal.text}`)
  return template.head.text + parts.join('')
}

/** A string of several words that is not in t`…`, and no script. */
function isSentence(node: ts.Node): boolean {
  if (!ts.isStringLiteral(node) && !ts.isTemplateLiteral(node)) return false
  if (ts.isLiteralTypeNode(node.parent) || ts.isTaggedTemplateExpression(node.parent)) return false
  const text = ts.isTemplateExpression(node) ? keyOf(node) : node.text
  return THREE_WORDS.test(text) && !text.includes('"$')
}

function compare(catalogue: Catalogue): void {
  for (const text of texts) {
    if (!(NAMES.has(text) || text in catalogue)) problems.push(`missing in zh-TW: ${JSON.stringify(text)}`)
  }
  for (const [english, text] of Object.entries(catalogue)) {
    const problem = problemOf(english, text)
    if (problem !== undefined) problems.push(`${problem}: ${JSON.stringify(english)}`)
  }
}

function problemOf(english: string, text: string): string | undefined {
  if (!texts.has(english)) return 'no longer said, and in zh-TW'
  if (text === english) return 'the same in zh-TW'
  return valuesIn(text) === valuesIn(english) ? undefined : 'other values in zh-TW'
}

function valuesIn(text: string): string {
  const values = [...text.matchAll(/\{\d+\}/g)].map(([value]) => value)
  return values.toSorted().join()
}
