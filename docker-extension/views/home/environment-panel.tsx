import { Paper, Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { t } from '../../../language/t.ts'
import { ageOf } from '../../../session/age.ts'
import type { EnvironmentStatus } from '../../../session/engine-status.ts'
import { sessionHealth } from '../../../session/view.ts'
import { HealthMark } from '../../parts/health-mark.tsx'
import { useNow } from '../../parts/use-now.ts'
import { AttachmentRow } from './attachment-row.tsx'
import { NewConnections } from './connections.tsx'
import { RepairList } from './repair-list.tsx'

/** An environment, its sessions, and what each of them has attached. */
export function EnvironmentPanel({ environment }: { readonly environment: EnvironmentStatus }) {
  const { workspace, sessions, devContainers, repairs } = environment
  const name = environment.environment
  const namespaces = [
    ...new Set([...sessions, ...devContainers].map(({ namespace }) => namespace)),
  ].toSorted()
  return (
    <Paper component="section" aria-label={t`Environment ${name}`} sx={{ overflow: 'hidden' }}>
      <Stack direction="row" spacing={2} sx={{ px: 1.25, py: 1, alignItems: 'baseline', flexWrap: 'wrap' }}>
        <Typography variant="h2">{name}</Typography>
        <Typography variant="body2" color="textSecondary" sx={{ flex: 1, overflowWrap: 'anywhere' }}>
          {workspace}
        </Typography>
        <KeeperState keeper={environment.keeper} />
      </Stack>
      <Stack sx={{ overflowX: 'auto' }}>
        <Table size="small" aria-label={t`Attachments in ${name}`} sx={ALIGNED}>
          <Head />
          <TableBody>
            {namespaces.map(namespace => (
              <NamespaceRows key={namespace} namespace={namespace} environment={environment} />
            ))}
          </TableBody>
        </Table>
      </Stack>
      {repairs.length > 0 && <RepairList repairs={repairs} />}
    </Paper>
  )
}

const ALIGNED = { tableLayout: 'fixed', minWidth: 900, '& td, & th': { overflowWrap: 'anywhere' } } as const

function KeeperState({ keeper }: { readonly keeper: string }) {
  if (keeper === 'running') return null
  return (
    <Typography variant="body2" sx={{ color: 'warning.main' }}>
      {keeper === 'missing'
        ? t`The keeper is gone; the next attach brings it back.`
        : t`The keeper does not run: ${keeper}`}
    </Typography>
  )
}

/** With their widths, which are the same in each environment. */
const COLUMNS = [
  [t`Workload`, '17%'],
  [t`Mode`, '14%'],
  [t`Ports`, '20%'],
  [t`Project`, '12%'],
  [t`Owner`, '14%'],
  [t`Health`, '16%'],
  [t`Since`, '7%'],
] as const

function Head() {
  return (
    <TableHead>
      <TableRow>
        {COLUMNS.map(([column, width]) => (
          <TableCell key={column} scope="col" sx={{ color: 'text.secondary', width }}>
            {column}
          </TableCell>
        ))}
      </TableRow>
    </TableHead>
  )
}

interface InNamespace {
  readonly namespace: string
  readonly environment: EnvironmentStatus
}

function NamespaceRows({ namespace, environment }: InNamespace) {
  const attached = environment.devContainers.filter(each => each.namespace === namespace)
  return (
    <>
      <SessionRow namespace={namespace} environment={environment} />
      {attached.map(devContainer => (
        <AttachmentRow key={devContainer.container} devContainer={devContainer} environment={environment} />
      ))}
    </>
  )
}

function SessionRow({ namespace, environment }: InNamespace) {
  const now = useNow()
  const session = environment.sessions.find(each => each.namespace === namespace)
  const networks = session?.alsoProxy ?? []
  return (
    <TableRow sx={{ bgcolor: 'action.hover' }}>
      <TableCell component="th" scope="rowgroup" colSpan={2} sx={{ fontWeight: 600 }}>
        {namespace}
        {networks.length > 0 && ` · ${t`also reaches ${networks.join(', ')}`}`}
      </TableCell>
      <TableCell colSpan={2}>
        <NewConnections environment={environment} namespace={namespace} />
      </TableCell>
      <TableCell>{session?.owner ?? '–'}</TableCell>
      <TableCell>
        <HealthMark
          health={
            session === undefined
              ? { state: 'unhealthy', because: t`no session` }
              : sessionHealth(session.state)
          }
        />
      </TableCell>
      <TableCell>{ageOf(session?.createdAt, now)}</TableCell>
    </TableRow>
  )
}
