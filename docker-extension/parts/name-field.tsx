import { Autocomplete, TextField } from '@mui/material'
import { useState } from 'react'

interface Shown {
  readonly label: string
  readonly value: string
  /** Those that are known; another may be typed. */
  readonly names: readonly string[]
  readonly choose: (name: string) => void
}

/** A name that can be chosen or typed. What is typed counts when the field is left. */
export function NameField({ label, value, names, choose }: Shown) {
  const [typed, setTyped] = useState<string>()
  const take = (name: string): void => {
    setTyped(undefined)
    if (name !== value) choose(name)
  }
  return (
    <Autocomplete
      freeSolo
      autoHighlight
      openOnFocus
      options={names}
      value={value}
      inputValue={typed ?? value}
      onInputChange={(_, text, reason) => reason !== 'reset' && setTyped(text)}
      onChange={(_, name) => name !== null && take(name)}
      onBlur={() => typed !== undefined && take(typed.trim())}
      renderInput={input => <TextField {...input} label={label} />}
    />
  )
}
