import { Link, TableCell, TableRow } from '@mui/material'
import { t } from '../../../language/t.ts'
import { ageOf } from '../../../session/age.ts'
import { filterText, portsText } from '../../../session/attachment.ts'
import type { EnvironmentStatus } from '../../../session/engine-status.ts'
import { attachmentHealth } from '../../../session/view.ts'
import { toAbout } from '../../parts/attached-place.ts'
import { HealthMark } from '../../parts/health-mark.tsx'
import { linkTo } from '../../parts/route.ts'
import { useNow } from '../../parts/use-now.ts'

interface Shown {
  readonly devContainer: EnvironmentStatus['devContainers'][number]
  readonly environment: EnvironmentStatus
}

/** One attachment; its name leads to its page. */
export function AttachmentRow({ devContainer, environment }: Shown) {
  const now = useNow()
  const { attachment, namespace, project, owner, createdAt, published, container } = devContainer
  const workload = attachment?.workload
  const filter = attachment && filterText(attachment)
  const about = workload && toAbout({ devContainer: container, namespace, workload })
  return (
    <TableRow hover>
      <TableCell component="th" scope="row" sx={{ pl: 3 }}>
        {about ? <Link href={linkTo('attachment', about)}>{workload}</Link> : container}
      </TableCell>
      <TableCell>
        {attachment?.mode ?? t`of another version`}
        {filter !== undefined && ` · ${filter}`}
      </TableCell>
      <TableCell sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {[attachment && portsText(attachment), ...published].filter(Boolean).join(', ') || '–'}
      </TableCell>
      <TableCell>{project ?? '–'}</TableCell>
      <TableCell>{owner ?? '–'}</TableCell>
      <TableCell>
        <HealthMark health={attachmentHealth(devContainer, environment)} />
      </TableCell>
      <TableCell>{ageOf(createdAt, now)}</TableCell>
    </TableRow>
  )
}
