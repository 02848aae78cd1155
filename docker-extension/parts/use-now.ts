import { useEffect, useState } from 'react'

const EVERY = 30_000

/** The time in milliseconds since 1970, often enough for ages. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY)
    return () => clearInterval(timer)
  }, [])
  return now
}
