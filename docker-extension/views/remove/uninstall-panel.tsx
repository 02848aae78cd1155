import {
  Alert,
  Box,
  Button,
  Checkbox,
  FormControlLabel,
  LinearProgress,
  Paper,
  Stack,
  TextField,
  Typography,
} from '@mui/material'
import { useState } from 'react'
import { t } from '../../../language/t.ts'
import { workloadText } from '../../../session/workload-text.ts'
import { useSurroundings } from '../../home/home-context.ts'
import { CommandLine } from '../../parts/command-line.tsx'
import { EnvironmentField } from '../../parts/environment-field.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Remarks } from '../../parts/remarks.tsx'
import { StepList } from '../../parts/step-list.tsx'
import { placeWords, plannedPlace } from '../../run/place.ts'
import { useAnswer } from '../../run/use-answer.ts'
import { useRun } from '../../run/use-run.ts'

/** Takes the Traffic Agents out of a namespace, after saying whose pods start anew. */
export function UninstallPanel() {
  const { place } = useSurroundings()
  const known = useAnswer('choices', ['choices', ...placeWords(place)])
  const words = placeWords(plannedPlace(place, known.answer))
  const [typed, setTyped] = useState('')
  const [namespace, setNamespace] = useState('')
  const look = (): void => setNamespace(typed.trim())
  return (
    <Paper component="section" aria-label={t`Uninstall`} sx={{ p: 1.5 }}>
      <Stack spacing={1.25}>
        <Typography variant="h2">{t`Uninstall`}</Typography>
        <Typography>
          {t`Takes the Traffic Agents out of a namespace's workloads, whose pods start anew without them.`}
        </Typography>
        {known.error !== undefined && <ErrorNotice error={known.error} retry={known.again} />}
        <Box sx={{ maxWidth: 320 }}>
          <EnvironmentField choices={known.answer} onChosen={() => setNamespace('')} />
        </Box>
        <Stack direction="row" spacing={1}>
          <TextField
            label={t`Namespace`}
            value={typed}
            sx={{ maxWidth: 320 }}
            onChange={({ target }) => setTyped(target.value)}
            onKeyDown={({ key }) => key === 'Enter' && look()}
          />
          <Button variant="outlined" color="inherit" disabled={typed.trim() === ''} onClick={look}>
            {t`Show who is affected`}
          </Button>
        </Stack>
        {namespace !== '' && known.answer !== undefined && (
          <Affected key={namespace} namespace={namespace} placeWords={words} />
        )}
      </Stack>
    </Paper>
  )
}

interface Named {
  readonly namespace: string
  /** Of the environment. */
  readonly placeWords: readonly string[]
}

function Affected({ namespace, placeWords }: Named) {
  const { answer, error, isAsking, again } = useAnswer('workloads', ['list', ...placeWords, namespace])
  const withAgent = answer?.workloads.filter(({ agent }) => agent === 'sidecar' || agent === undefined) ?? []
  if (isAsking) return <LinearProgress aria-label={t`Reading the workloads`} />
  if (error !== undefined) return <ErrorNotice error={error} retry={again} />
  return (
    <>
      {withAgent.length === 0 ? (
        <Typography>{t`No workload of ${namespace} has a Traffic Agent.`}</Typography>
      ) : (
        <Box component="ul" aria-label={t`Workloads with an agent`} sx={{ m: 0, pl: 2.5 }}>
          {withAgent.map(workload => (
            <li key={workload.name}>
              {workload.name}: {workloadText(workload)}
              {workload.isHeld === true && ` · ${t`keeps its agent`}`}
            </li>
          ))}
        </Box>
      )}
      <Uninstall namespace={namespace} placeWords={placeWords} />
    </>
  )
}

function Uninstall({ namespace, placeWords }: Named) {
  const { view, isRunning, start } = useRun({ goesOn: true })
  const [withManager, setWithManager] = useState(false)
  const words = ['uninstall', ...placeWords, ...(withManager ? ['--traffic-manager'] : []), namespace]
  const uninstall = (): void => void start(words)
  return (
    <>
      <FormControlLabel
        label={t`Also take out the traffic-manager, for the whole cluster`}
        control={<Checkbox size="small" checked={withManager} onChange={(_, isOn) => setWithManager(isOn)} />}
      />
      <CommandLine words={words} />
      <div>
        {withManager ? (
          <ManagerButton disabled={isRunning} uninstall={uninstall} />
        ) : (
          <Button variant="outlined" color="error" disabled={isRunning} onClick={uninstall}>
            {t`Take out the agents`}
          </Button>
        )}
      </div>
      {isRunning && <LinearProgress aria-label={t`Uninstalling`} />}
      {view !== undefined && <StepList label={t`Progress`} steps={view.steps} />}
      <Remarks remarks={view?.remarks ?? []} />
      {view?.error !== undefined && <ErrorNotice error={view.error} />}
    </>
  )
}

/** Where nobody can be asked, the command does it without a question: so the page asks. */
function ManagerButton({
  disabled,
  uninstall,
}: {
  readonly disabled: boolean
  readonly uninstall: () => void
}) {
  const [isAsked, setIsAsked] = useState(false)
  return isAsked ? (
    <Alert severity="warning" variant="outlined">
      <Stack spacing={1} sx={{ alignItems: 'flex-start' }}>
        <span>{t`This ends every attachment of everybody in the whole cluster, and nobody can attach until it is installed again.`}</span>
        <Button variant="contained" color="error" disabled={disabled} onClick={uninstall}>
          {t`End them all, and take it out`}
        </Button>
      </Stack>
    </Alert>
  ) : (
    <Button variant="outlined" color="error" disabled={disabled} onClick={() => setIsAsked(true)}>
      {t`Take out the traffic-manager`}
    </Button>
  )
}
