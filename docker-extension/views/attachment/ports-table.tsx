import {
  Button,
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
import type { AttachedPort } from '../../../session/attachment.ts'
import { useSurroundings } from '../../home/home-context.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { type Running, useRun } from '../../run/use-run.ts'
import type { AboutAttached } from './about-attached.ts'
import { publishedUrl } from './published-url.ts'

/** Which requests come to which port, and which of them a browser here reaches. */
export function PortsTable({ about }: { readonly about: AboutAttached }) {
  const publishing = useRun({ goesOn: true })
  const ports = about.devContainer.attachment?.ports ?? []
  if (ports.length === 0) return null
  return (
    <Paper component="section" aria-label={t`Ports`} sx={{ p: 1.25 }}>
      <Stack spacing={1}>
        <Typography variant="h2">{t`Ports`}</Typography>
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>{t`In the cluster`}</TableCell>
              <TableCell>{t`In the dev container`}</TableCell>
              <TableCell>{t`On this computer`}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {ports.map(port => (
              <PortRow key={port.local} port={port} about={about} publishing={publishing} />
            ))}
          </TableBody>
        </Table>
        {publishing.isRunning && <LinearProgress aria-label={t`Publishing`} />}
        {publishing.view?.error !== undefined && <ErrorNotice error={publishing.view.error} />}
      </Stack>
    </Paper>
  )
}

interface Row {
  readonly port: AttachedPort
  readonly about: AboutAttached
  readonly publishing: Running
}

function PortRow({ port: { local, remote }, about, publishing }: Row) {
  const { home } = useSurroundings()
  const { devContainer, workload, placeWords } = about
  const url = publishedUrl(devContainer.published, local)
  const publish = (): void =>
    void publishing.start(['publish', ...placeWords, devContainer.namespace, workload, String(local)])
  return (
    <TableRow>
      <TableCell component="th" scope="row">
        {remote}
      </TableCell>
      <TableCell>{local}</TableCell>
      <TableCell>
        {url === undefined ? (
          <Button variant="outlined" color="inherit" disabled={publishing.isRunning} onClick={publish}>
            {t`Publish port ${local}`}
          </Button>
        ) : (
          <Button variant="outlined" onClick={() => home.openExternal(url)}>
            {t`Open ${url} in the browser`}
          </Button>
        )}
      </TableCell>
    </TableRow>
  )
}
