import { connect } from 'node:net'
import { test } from 'vitest'
import { ask, fromOurPage, INDEX, opened, SCRIPT, served, visit } from '../fakes/served-page.ts'
import { refusedWith } from '../fakes/web-socket.ts'

test('the address that is printed gives a cookie and is then no more than an address', async ({ expect }) => {
  const it = await served()
  const first = await ask(it.url, { headers: opened() })
  expect(first).toMatchObject({ status: 303, body: '' })
  expect(first.headers.location).toMatch(/^\/[\w-]{22}\/$/)
  const cookie = `kde-tp=[\\w-]{43}; Path=${first.headers.location}; HttpOnly; SameSite=Strict`
  expect(first.headers['set-cookie']).toEqual([expect.stringMatching(new RegExp(`^${cookie}$`))])
  const again = await ask(it.url, { headers: opened() })
  expect(again.status).toBe(403)
  expect(again.headers['set-cookie']).toBeUndefined()
})

test('without the token, and with a wrong one, nobody is admitted, and the right one is not spent', async ({
  expect,
}) => {
  const it = await served()
  const { origin } = new URL(it.url)
  for (const path of ['/', '/?token=', `/?token=${'x'.repeat(43)}`, '/index.html', '/x/', '/run'])
    expect((await ask(`${origin}${path}`, { headers: opened() })).status, path).toBe(403)
  expect((await ask(it.url, { method: 'HEAD', headers: opened() })).status).toBe(403)
  expect((await ask(it.url, { headers: opened() })).status).toBe(303)
})

test('a link in another page admits too, by a page of ours, since a redirect would lose the cookie', async ({
  expect,
}) => {
  const it = await served()
  const { status, headers, body } = await ask(it.url, { headers: opened('cross-site') })
  expect(status).toBe(200)
  const [, base] = /Path=([^;]+);/.exec(headers['set-cookie']?.[0] ?? '') ?? []
  expect(body).toContain(`<meta http-equiv="refresh" content="0;url=${base}">`)
})

test('without the cookie, or with another, nothing of the page is given and nothing is run', async ({
  expect,
}) => {
  const it = await served()
  const { origin, base, cookie } = await visit(it)
  for (const wrong of ['', 'kde-tp=', `kde-tp=${'x'.repeat(43)}`, `other=${cookie.slice(7)}`, `${cookie}x`]) {
    const place = { origin, base, cookie: wrong }
    expect((await ask(`${origin}${base}`, { headers: fromOurPage(place) })).status, wrong).toBe(403)
    expect(await refusedWith(place, 'run', fromOurPage(place)), wrong).toBe(403)
  }
})

test('the page comes with a policy under which only its own files run, and nobody frames it', async ({
  expect,
}) => {
  const it = await served()
  const { origin, base, cookie } = await visit(it)
  const { status, headers, body } = await ask(`${origin}${base}`, { headers: { ...opened(), cookie } })
  const [, nonce] = /<meta property="csp-nonce" nonce="([^"]+)" content="[^"]+" \/>/.exec(body) ?? []
  expect(status).toBe(200)
  expect(body).toBe(
    INDEX.replace('<head>', `<head><meta property="csp-nonce" nonce="${nonce}" content="${nonce}" />`),
  )
  expect(headers).toMatchObject({
    'content-security-policy': [
      ...["default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`],
      ...["img-src 'self' data:", "font-src 'self'", `connect-src 'self' ${origin.replace('http', 'ws')}`],
      ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  })
  expect(Object.keys(headers).filter(name => name.startsWith('access-control-'))).toEqual([])
  const second = await ask(`${origin}${base}`, { headers: { ...opened(), cookie } })
  expect(second.body).not.toContain(String(nonce))
})

test('a script of the page is given as what it is', async ({ expect }) => {
  const it = await served()
  const { origin, base, cookie } = await visit(it)
  const headers = { ...fromOurPage({ origin, base, cookie }) }
  const given = await ask(`${origin}${base}assets/main-1a2b.js`, { headers })
  expect(given).toMatchObject({ status: 200, body: SCRIPT })
  expect(given.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=31536000, immutable',
  })
  const zipped = await ask(`${origin}${base}assets/main-1a2b.js`, {
    headers: { ...headers, 'accept-encoding': 'gzip, br' },
  })
  expect(zipped.headers['content-encoding']).toBe('gzip')
})

test('a name that was made to lead here is refused, also with token and cookie', async ({ expect }) => {
  const it = await served()
  const { origin, base, cookie } = await visit(it)
  const { port } = new URL(origin)
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1:${port}.evil.example`,
  ]) {
    const place = { origin, base, cookie }
    const headers = { ...fromOurPage(place), host, origin: `http://${host}` }
    expect(await refusedWith(place, 'run', headers), host).toBe(403)
    expect((await ask(`${origin}${base}`, { headers: { ...opened(), cookie, host } })).status, host).toBe(403)
  }
  const local = { ...opened(), cookie, host: `localhost:${port}` }
  expect((await ask(`${origin}${base}`, { headers: local })).status).toBe(200)
  const fresh = await served()
  const rebound = { ...opened(), host: `evil.example:${new URL(fresh.url).port}` }
  expect((await ask(fresh.url, { headers: rebound })).status).toBe(403)
})

test('no other page may run anything, not even one of another port of this computer', async ({ expect }) => {
  const place = await visit(await served())
  const { origin, base, cookie } = place
  const ours = fromOurPage(place)
  const { origin: _, ...nameless } = ours
  const foreign = [
    { ...ours, origin: 'https://evil.example' },
    { ...ours, origin: 'http://127.0.0.1:9' },
    { ...ours, origin: origin.replace('127.0.0.1', 'localhost') },
    { ...ours, origin: 'null' },
    { ...ours, 'sec-fetch-site': 'cross-site' },
    { ...ours, 'sec-fetch-site': 'same-site' },
    nameless,
  ]
  for (const headers of foreign)
    expect(await refusedWith(place, 'run', headers), JSON.stringify(headers)).toBe(403)
  const asImage = {
    cookie,
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-dest': 'image',
  }
  expect((await ask(`${origin}${base}kde-tp.svg`, { headers: asImage })).status).toBe(403)
  const asFrame = { ...opened('cross-site'), cookie, 'sec-fetch-dest': 'iframe' }
  expect((await ask(`${origin}${base}`, { headers: asFrame })).status).toBe(403)
})

test('a form runs nothing, of another site or of our own: what runs is no request but a web socket', async ({
  expect,
}) => {
  const it = await served()
  const { origin, base, cookie } = await visit(it)
  const form = { ...opened('cross-site'), cookie, origin: 'https://evil.example' }
  const own = fromOurPage({ origin, base, cookie })
  const types = [
    ...['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'],
    'application/json',
  ]
  for (const type of types) {
    const asked = { method: 'POST', body: '{"words":["status"]}' }
    const foreign = { ...asked, headers: { ...form, 'content-type': type } }
    expect((await ask(`${origin}${base}run`, foreign)).status, type).toBe(403)
    const ours = { ...asked, headers: { ...own, 'content-type': type } }
    expect((await ask(`${origin}${base}run`, ours)).status, type).toBe(405)
  }
})

test('no cross-origin question is answered with a yes', async ({ expect }) => {
  const it = await served()
  const { origin, base } = await visit(it)
  const asked = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
  const { status, headers } = await ask(`${origin}${base}run`, { method: 'OPTIONS', headers: asked })
  expect(status).toBe(403)
  expect(headers['access-control-allow-origin']).toBeUndefined()
})

test('a path leads out of the page in no spelling', async ({ expect }) => {
  const it = await served()
  const { origin, base, cookie } = await visit(it)
  const paths = [
    ...['../package.json', 'assets/../../package.json', '..%2fpackage.json', '%2e%2e/%2e%2e/etc/passwd'],
    ...['%2e%2e%2f%2e%2e%2fetc%2fpasswd', '..%252fpackage.json', '..\\package.json', '..%5cpackage.json'],
    ...['/etc/passwd', '//etc/passwd', 'index.html%00.js', 'assets/', 'constructor', '__proto__'],
  ]
  for (const path of paths) {
    const { status, body } = await ask(`${origin}${base}${path}`, { headers: { ...opened(), cookie } })
    expect([path, status]).toEqual([path, 404])
    expect(body).not.toContain('root:')
  }
  expect((await ask(`${origin}/../../etc/passwd`, { headers: { ...opened(), cookie } })).status).toBe(403)
})

test('each place is asked for in its own way only', async ({ expect }) => {
  const place = await visit(await served())
  const { origin, base } = place
  const headers = fromOurPage(place)
  expect(await ask(`${origin}${base}run`, { headers })).toMatchObject({
    status: 426,
    headers: { upgrade: 'websocket' },
  })
  for (const method of ['POST', 'PUT', 'DELETE'])
    for (const path of ['', 'run', 'shell'])
      expect((await ask(`${origin}${base}${path}`, { method, headers })).status, method).toBe(405)
  for (const path of ['', 'index.html', 'runs', 'run/'])
    expect(await refusedWith(place, path, headers), path).toBe(404)
})

test('it listens on the loopback alone', async ({ expect }) => {
  const it = await served()
  const { port } = new URL(it.url)
  const reaches = (host: string) =>
    new Promise<boolean>(resolve => {
      const socket = connect(Number(port), host)
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
  expect(await reaches('127.0.0.1')).toBe(true)
  for (const host of ['127.0.0.2', '::1']) expect(await reaches(host), host).toBe(false)
})
