/**
 * Lets a library make styles that carry the number which the server's policy asks for, while it does something. xterm.js
 * 6.0 has no other way: its `documentOverride` does not reach all of its styles.
 */
export function withNonce(act: () => void): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.content
  const createElement = document.createElement.bind(document) as (name: string) => HTMLElement
  const withNumber = (name: string): HTMLElement => {
    const element = createElement(name)
    if (name === 'style' && nonce) element.nonce = nonce
    return element
  }
  Object.defineProperty(document, 'createElement', { value: withNumber, configurable: true })
  try {
    act()
  } finally {
    Reflect.deleteProperty(document, 'createElement')
  }
}
