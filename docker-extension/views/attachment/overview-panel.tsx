import { Paper, Stack, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { t } from '../../../language/t.ts'
import { ageOf } from '../../../session/age.ts'
import type { Attachment } from '../../../session/attachment.ts'
import { filterText } from '../../../session/attachment.ts'
import { attachmentHealth } from '../../../session/view.ts'
import { HealthMark } from '../../parts/health-mark.tsx'
import { useNow } from '../../parts/use-now.ts'
import type { AboutAttached } from './about-attached.ts'
import { DetachButton } from './detach-button.tsx'
import { MountsTable } from './mounts-table.tsx'
import { PortsTable } from './ports-table.tsx'
import { ReconnectButton } from './reconnect-button.tsx'

/** How it is, what it takes, and how it ends. */
export function OverviewPanel({ about }: { readonly about: AboutAttached }) {
  const now = useNow()
  const { environment, devContainer } = about
  const { attachment, project, owner, createdAt, container, life } = devContainer
  return (
    <Stack spacing={2}>
      <Paper sx={{ p: 1.5 }}>
        <Stack component="dl" spacing={0.75} sx={{ m: 0 }}>
          <Fact name={t`Health`}>
            <HealthMark health={attachmentHealth(devContainer, environment)} />
          </Fact>
          <Fact name={t`Mode`}>{attachment?.mode}</Fact>
          <Fact name={t`Requests`}>{attachment && requestsText(attachment)}</Fact>
          <Fact name={t`Volumes`}>{attachment && volumesText(attachment)}</Fact>
          <Fact name={t`Project`}>{project}</Fact>
          <Fact name={t`Owner`}>{owner}</Fact>
          <Fact name={t`Since`}>{ageOf(createdAt, now)}</Fact>
          <Fact name={t`Dev container`}>
            {container}
            {life === 'detached' && ` · ${t`runs until it is detached`}`}
            {life === 'leased' && ` · ${t`runs as long as somebody works in it`}`}
          </Fact>
        </Stack>
      </Paper>
      <PortsTable about={about} />
      <Stack direction="row" spacing={1.5} useFlexGap sx={{ flexWrap: 'wrap', alignItems: 'flex-start' }}>
        <ReconnectButton about={about} />
        <DetachButton about={about} />
      </Stack>
      <MountsTable about={about} />
    </Stack>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Stack direction="row" spacing={2}>
      <Typography component="dt" color="textSecondary" sx={{ width: 140, flex: 'none' }}>
        {name}
      </Typography>
      <Typography component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
        {children ?? '–'}
      </Typography>
    </Stack>
  )
}

function requestsText(attachment: Attachment): string {
  switch (attachment.mode) {
    case 'ingest':
      return t`stay in the cluster`
    case 'wiretap':
      return filterText(attachment) ?? t`a copy of each`
    default:
      return filterText(attachment) ?? t`all of them`
  }
}

function volumesText({ mount }: Attachment): string {
  if (mount === undefined) return t`not here`
  return mount === 'live' ? t`live, where TELEPRESENCE_ROOT says` : t`a copy, where TELEPRESENCE_ROOT says`
}
