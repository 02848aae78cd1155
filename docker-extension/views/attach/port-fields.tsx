import {
  Checkbox,
  FormControlLabel,
  LinearProgress,
  MenuItem,
  Paper,
  Stack,
  TextField,
  Typography,
} from '@mui/material'
import { t } from '../../../language/t.ts'
import type { PortChoice } from '../../../session/choices.ts'
import { traitsOf } from '../../../session/mode.ts'
import { useSurroundings } from '../../home/home-context.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import type { AttachForm, ChosenPort } from '../../run/attach-words.ts'
import { placeWords } from '../../run/place.ts'
import { useAnswer } from '../../run/use-answer.ts'

interface Shown {
  readonly form: AttachForm
  readonly change: (part: Partial<AttachForm>) => void
}

/** The ports of the workload's service or container, each with the local one that its requests come to. */
export function PortFields({ form, change }: Shown) {
  const { place } = useSurroundings()
  const { namespace, workload, mode } = form
  const { answer, error, isAsking, again } = useAnswer('choices', [
    ...['choices', ...placeWords(place), namespace, workload],
  ])
  const kind = traitsOf[mode].ports
  const there = kind === 'none' ? [] : (answer?.ports?.[kind] ?? [])
  return (
    <Paper component="section" aria-label={t`Ports`} sx={{ p: 1.25 }}>
      <Stack spacing={1}>
        <Typography variant="h2">{kind === 'none' ? t`Container` : t`Ports`}</Typography>
        {isAsking && <LinearProgress aria-label={t`Reading the ports`} />}
        {error !== undefined && <ErrorNotice error={error} retry={again} />}
        {answer !== undefined && kind !== 'none' && there.length === 0 && (
          <Typography>{reasonOf(answer.ports?.service ?? [])}</Typography>
        )}
        {there.map(port => (
          <PortField key={port.shown} port={port} {...{ form, change }} />
        ))}
        <ContainerField containers={answer?.containers ?? []} {...{ form, change }} />
      </Stack>
    </Paper>
  )
}

const reasonOf = (ofService: readonly PortChoice[]): string =>
  ofService.length === 0
    ? t`No service leads to this workload, so only "ingest" is possible.`
    : t`No container of this workload declares a port, so it can't be replaced: "intercept" takes those of its service.`

function PortField({ port, form, change }: Shown & { readonly port: PortChoice }) {
  const { remote, shown, target } = port
  const chosen = form.ports.find(each => each.remote === remote)
  const others = form.ports.filter(each => each.remote !== remote)
  const put = (...mine: readonly ChosenPort[]): void => change({ ports: [...others, ...mine] })
  return (
    <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
      <FormControlLabel
        sx={{ minWidth: 280 }}
        label={shown}
        control={
          <Checkbox
            size="small"
            checked={chosen !== undefined}
            onChange={(_, isOn) => (isOn ? put({ remote, local: String(target) }) : put())}
          />
        }
      />
      {chosen !== undefined && (
        <TextField
          label={t`Local port for ${remote}`}
          value={chosen.local}
          sx={{ maxWidth: 220 }}
          slotProps={{ htmlInput: { inputMode: 'numeric' } }}
          error={!/^\d+$/.test(chosen.local)}
          onChange={({ target: { value } }) => put({ remote, local: value })}
        />
      )}
    </Stack>
  )
}

/** A service's port tells its container; in the other modes one of several has to be named. */
function ContainerField({ containers, form, change }: Shown & { readonly containers: readonly string[] }) {
  if (containers.length < 2 || traitsOf[form.mode].ports === 'service') {
    return traitsOf[form.mode].ports === 'none' && containers.length === 1 ? (
      <Typography>{containers[0]}</Typography>
    ) : null
  }
  return (
    <TextField
      select
      label={t`Container of the pod`}
      value={form.container}
      sx={{ maxWidth: 320 }}
      onChange={({ target }) => change({ container: target.value })}
    >
      {containers.map(name => (
        <MenuItem key={name} value={name}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  )
}
