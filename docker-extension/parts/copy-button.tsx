import { Button } from '@mui/material'
import { useEffect, useState } from 'react'
import { t } from '../../language/t.ts'

const SHOWN_FOR = 2000

/** Copies a text, which may have to be fetched first. */
export function CopyButton({
  label,
  read,
}: {
  readonly label: string
  readonly read: () => string | undefined | Promise<string | undefined>
}) {
  const [said, setSaid] = useState<string>()
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [said])
  const copy = async (): Promise<void> => {
    try {
      const text = await read()
      if (text !== undefined) await navigator.clipboard.writeText(text)
      setSaid(text === undefined ? t`Not copied` : t`Copied`)
    } catch {
      setSaid(t`Not copied`)
    }
  }
  return (
    <Button variant="outlined" color="inherit" onClick={() => void copy()} aria-live="polite">
      {said ?? label}
    </Button>
  )
}
