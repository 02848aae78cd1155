import { Paper, Stack, TextField, Typography } from '@mui/material'
import { t } from '../../../language/t.ts'
import { traitsOf } from '../../../session/mode.ts'
import type { AttachForm } from '../../run/attach-words.ts'
import { FieldRow } from './field-row.tsx'

interface Shown {
  readonly form: AttachForm
  readonly change: (part: Partial<AttachForm>) => void
}

/** Which requests come here; nothing is all of them. */
export function FilterFields({ form, change }: Shown) {
  if (!traitsOf[form.mode].canFilter) return null
  return (
    <Paper component="section" aria-label={t`Requests`} sx={{ p: 1.25 }}>
      <Stack spacing={1.25}>
        <Typography variant="h2">{t`Requests`}</Typography>
        <Typography variant="body2" color="textSecondary">
          {t`Leave these empty to take all requests. In a team, name a header of your own.`}
        </Typography>
        <FieldRow>
          <TextField
            multiline
            label={t`Headers, one NAME=VALUE a line`}
            value={form.headers}
            onChange={({ target }) => change({ headers: target.value })}
          />
          <TextField
            label={t`Path begins with`}
            value={form.pathPrefix}
            onChange={({ target }) => change({ pathPrefix: target.value })}
          />
          <TextField
            label={t`Path matches (regular expression)`}
            value={form.pathRegex}
            onChange={({ target }) => change({ pathRegex: target.value })}
          />
        </FieldRow>
      </Stack>
    </Paper>
  )
}
