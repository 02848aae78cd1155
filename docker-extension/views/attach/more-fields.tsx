import { Checkbox, FormControlLabel, MenuItem, Paper, Stack, TextField, Typography } from '@mui/material'
import { t } from '../../../language/t.ts'
import type { Choices } from '../../../session/choices.ts'
import { traitsOf } from '../../../session/mode.ts'
import type { AttachForm } from '../../run/attach-words.ts'
import { FieldRow } from './field-row.tsx'

interface Shown {
  readonly form: AttachForm
  readonly change: (part: Partial<AttachForm>) => void
  readonly choices: Choices | undefined
}

/** What most attachments do without. */
export function MoreFields({ form, change, choices }: Shown) {
  const { reachesPod, agents, isExclusive } = traitsOf[form.mode]
  return (
    <Paper component="section" aria-label={t`More`} sx={{ p: 1.25 }}>
      <Stack spacing={1.25}>
        <Typography variant="h2">{t`More`}</Typography>
        <FieldRow>
          <TextField
            label={t`Also reach these networks (CIDR)`}
            value={form.alsoProxy}
            placeholder={choices?.alsoProxy.join(', ')}
            onChange={({ target }) => change({ alsoProxy: target.value })}
          />
          <SelectField
            label={t`Volumes of the pod`}
            value={form.mount}
            choices={MOUNTS}
            choose={mount => change({ mount })}
          />
          <TextField
            label={t`Publish ports, as 3000 or 8080:3000`}
            value={form.publish}
            onChange={({ target }) => change({ publish: target.value })}
          />
          {reachesPod && (
            <TextField
              label={t`Ports of the pod's other containers`}
              value={form.toPod}
              onChange={({ target }) => change({ toPod: target.value })}
            />
          )}
          {agents.length > 1 && (
            <SelectField
              label={t`Agent in the cluster`}
              value={form.agent}
              choices={AGENTS}
              choose={agent => change({ agent })}
            />
          )}
          <TextField
            multiline
            label={t`Variables, one NAME=VALUE a line`}
            value={form.env}
            onChange={({ target }) => change({ env: target.value })}
          />
          {choices?.isStandalone === false && (
            <TextField
              label={t`Another image for the dev container`}
              value={form.image}
              onChange={({ target }) => change({ image: target.value })}
            />
          )}
        </FieldRow>
        {isExclusive && (
          <FormControlLabel
            label={t`End the attachment of somebody else who holds the workload`}
            control={
              <Checkbox
                size="small"
                checked={form.takeOver}
                onChange={(_, takeOver) => change({ takeOver })}
              />
            }
          />
        )}
      </Stack>
    </Paper>
  )
}

type Choice<T> = readonly [value: T, shown: string]

const MOUNTS: readonly Choice<AttachForm['mount']>[] = [
  ['', t`none`],
  ['live', t`live, to be read`],
  ['copy', t`copied once, to be written`],
]

const AGENTS: readonly Choice<AttachForm['agent']>[] = [
  ['', t`the one that is meant for this mode`],
  ['sidecar', t`sidecar: it stays in the pods`],
  ['node', t`node agent: no pod is started anew`],
]

interface Select<T> {
  readonly label: string
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly choose: (value: T) => void
}

/** Of which the empty one is a choice too. */
function SelectField<T extends string>({ label, value, choices, choose }: Select<T>) {
  return (
    <TextField
      select
      label={label}
      value={value}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
      onChange={({ target }) => choose(target.value as T)}
    >
      {choices.map(([each, shown]) => (
        <MenuItem key={each} value={each}>
          {shown}
        </MenuItem>
      ))}
    </TextField>
  )
}
