/** Where a browser on this computer reaches a port; `published` as status has it, as `127.0.0.1:8080:3000`. */
export function publishedUrl(published: readonly string[], port: number): string | undefined {
  const found = published.map(text => text.split(':')).find(parts => parts.at(-1) === String(port))
  if (found === undefined) return undefined
  const address = found.slice(0, -2).join(':')
  const host = address === '' || address === '0.0.0.0' || address === '[::]' ? 'localhost' : address
  return `http://${host}:${found.at(-2)}`
}
