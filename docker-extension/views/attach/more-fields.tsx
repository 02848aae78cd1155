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
          <MountField form={form} change={change} />
          <TextField
            label={t`Publish ports, as 3000 or 8080:3000`}
            value={form.publish}
            onChange={({ target }) => change({ publish: target.value })}
          />
          {form.mode !== 'wiretap' && (
            <TextField
              label={t`Ports of the pod's other containers`}
              value={form.toPod}
              onChange={({ target }) => change({ toPod: target.value })}
            />
          )}
          {traitsOf[form.mode].agents.length > 1 && <AgentField form={form} change={change} />}
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
        {traitsOf[form.mode].isExclusive && (
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

function MountField({ form, change }: Pick<Shown, 'form' | 'change'>) {
  return (
    <TextField
      select
      label={t`Volumes of the pod`}
      value={form.mount}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
      onChange={({ target }) => change({ mount: target.value as AttachForm['mount'] })}
    >
      <MenuItem value="">{t`none`}</MenuItem>
      <MenuItem value="live">{t`live, to be read`}</MenuItem>
      <MenuItem value="copy">{t`copied once, to be written`}</MenuItem>
    </TextField>
  )
}

function AgentField({ form, change }: Pick<Shown, 'form' | 'change'>) {
  return (
    <TextField
      select
      label={t`Agent in the cluster`}
      value={form.agent}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
      onChange={({ target }) => change({ agent: target.value as AttachForm['agent'] })}
    >
      <MenuItem value="">{t`the one that is meant for this mode`}</MenuItem>
      <MenuItem value="sidecar">{t`sidecar: it stays in the pods`}</MenuItem>
      <MenuItem value="node">{t`node agent: no pod is started anew`}</MenuItem>
    </TextField>
  )
}
