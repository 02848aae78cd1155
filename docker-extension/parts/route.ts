import { useEffect, useState } from 'react'

export interface Route {
  readonly view: string
  readonly about: URLSearchParams
}

/** Which view is open, and about what, is in the address: it stays over a reload, and "back" works. */
export function useRoute(): Route {
  const [hash, setHash] = useState(window.location.hash)
  useEffect(() => {
    const follow = (): void => setHash(window.location.hash)
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  const [view = '', about] = hash.replace(/^#\/?/, '').split('?')
  return { view, about: new URLSearchParams(about) }
}

export const linkTo = (view: string, about?: Readonly<Record<string, string>>): string =>
  `#/${view}${about === undefined ? '' : `?${new URLSearchParams(about)}`}`

export function goTo(link: string): void {
  window.location.hash = link
}
