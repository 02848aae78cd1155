import { readFileSync, writeFileSync } from 'node:fs'

/** The holder's, and so that of everything in its network. */
const RESOLV_CONF = '/etc/resolv.conf'

/**
 * Lets what is in the namespace be called by its name alone. A node agent looks names up where it runs itself, in the
 * traffic-manager's namespace (2.31.2), where they mean something else.
 */
export function searchIn(namespace: string): void {
  const text = readFileSync(RESOLV_CONF, 'utf8')
  const changed = withSearch(text, namespace)
  // On a full disk it would be emptied.
  if (changed !== text) writeFileSync(RESOLV_CONF, changed)
}

/** A resolv.conf with one more domain to search, for names without a dot first: musl asks for them nowhere else. */
export function withSearch(text: string, domain: string): string {
  const lines = text
    .replaceAll(/\bndots:0\b/g, 'ndots:1')
    .trimEnd()
    .split('\n')
  const at = lines.findLastIndex(line => /^search\s/.test(line))
  const domains = lines[at]?.split(/\s+/).slice(1) ?? []
  if (domains.includes(domain)) return text
  const search = ['search', domain, ...domains].join(' ')
  return `${(at === -1 ? [...lines, search] : lines.with(at, search)).join('\n')}\n`
}
