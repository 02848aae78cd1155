import {
  LinearProgress,
  Paper,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material'
import { t } from '../../../language/t.ts'
import type { DevMount } from '../../../session/mounts.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { useAnswer } from '../../run/use-answer.ts'
import type { AboutAttached } from './about-attached.ts'

/** What of elsewhere is seen in the dev container: the pod's volumes, and what of this side it works with. */
export function MountsTable({ about }: { readonly about: AboutAttached }) {
  const { devContainer, placeWords, workload } = about
  const isRunning = devContainer.state === 'running'
  const words = ['mounts', ...placeWords, devContainer.namespace, workload]
  const { answer, error, isAsking, again } = useAnswer('mounts', isRunning ? words : undefined)
  if (!isRunning) return null
  return (
    <Paper component="section" aria-label={t`Mounts`} sx={{ p: 1.25 }}>
      <Stack spacing={1} sx={{ overflowX: 'auto' }}>
        <Typography variant="h2">{t`Mounts`}</Typography>
        {isAsking && answer === undefined && <LinearProgress aria-label={t`Reading the mounts`} />}
        {error !== undefined && <ErrorNotice error={error} retry={again} />}
        {answer !== undefined && (
          <Table size="small" aria-label={t`Mounts`} sx={{ '& td, & th': { overflowWrap: 'anywhere' } }}>
            <TableHead>
              <TableRow>
                <TableCell>{t`In the dev container`}</TableCell>
                <TableCell>{t`In the pod`}</TableCell>
                <TableCell>{t`On the engine's computer`}</TableCell>
                <TableCell>{t`How`}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {answer.mounts.map(mount => (
                <MountRow key={mount.target} mount={mount} />
              ))}
            </TableBody>
          </Table>
        )}
      </Stack>
    </Paper>
  )
}

const PATH = { fontFamily: 'monospace', fontSize: 12 } as const

function MountRow({ mount }: { readonly mount: DevMount }) {
  const { kind, target, source, remote } = mount
  return (
    <TableRow>
      <TableCell component="th" scope="row" sx={PATH}>
        {target}
      </TableCell>
      <TableCell sx={PATH}>{kind === 'remote' ? (remote ?? t`all volumes`) : '–'}</TableCell>
      <TableCell sx={PATH}>{kind === 'volume' ? t`Docker's volume ${source}` : source}</TableCell>
      <TableCell>{howText(mount)}</TableCell>
    </TableRow>
  )
}

function howText({ how, isReadOnly }: DevMount): string {
  if (how === 'copy') return t`copied once, to be written`
  return isReadOnly ? t`live, to be read` : t`live, to be written`
}
