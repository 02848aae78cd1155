import { Button, LinearProgress, Paper, Stack, Tab, Tabs, Typography } from '@mui/material'
import { type ReactNode, useState } from 'react'
import { t } from '../../../language/t.ts'
import { type AttachedPlace, type Found, findAttached, fromAbout } from '../../parts/attached-place.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Page } from '../../parts/page.tsx'
import { linkTo } from '../../parts/route.ts'
import { usePlaceOf } from '../../run/own-place.ts'
import type { Engine } from '../../run/use-engine.ts'
import type { AboutAttached } from './about-attached.ts'
import { LogsPanel } from './logs-panel.tsx'
import { OverviewPanel } from './overview-panel.tsx'
import { ShellPanel } from './shell-panel.tsx'
import { VariablesPanel } from './variables-panel.tsx'

/** One attachment, and all that can be done with it. */
export function AttachmentView({
  about,
  engine,
}: {
  readonly about: URLSearchParams
  readonly engine: Engine
}) {
  const place = fromAbout(about)
  const found = findAttached(place, engine.environments)
  return (
    <Page title={t`${place.workload} in ${place.namespace}`}>
      {engine.error !== undefined && <ErrorNotice error={engine.error} />}
      {engine.environments === undefined && engine.error === undefined && (
        <LinearProgress aria-label={t`Reading the engine`} />
      )}
      {found !== undefined && <Attached found={found} />}
      {found === undefined && engine.environments !== undefined && <NotAttached place={place} />}
    </Page>
  )
}

function NotAttached({ place: { namespace, workload } }: { readonly place: AttachedPlace }) {
  return (
    <Paper sx={{ p: 4 }}>
      <Stack spacing={1.5} sx={{ alignItems: 'flex-start' }}>
        <Typography variant="h2">{t`${workload} is not attached any more.`}</Typography>
        <Button variant="contained" href={linkTo('attach', { namespace, workload })}>
          {t`Attach it again`}
        </Button>
      </Stack>
    </Paper>
  )
}

const TABS = [t`Overview`, t`Variables`, t`Logs`, t`Shell`]

function Attached({ found }: { readonly found: Found }) {
  const [tab, setTab] = useState(0)
  const place = usePlaceOf(found.environment)
  if (place === undefined) return <LinearProgress aria-label={t`Reading the workspace`} />
  const workload = found.devContainer.attachment?.workload ?? ''
  const about: AboutAttached = { ...found, workload, place: place.place, placeWords: place.words }
  return (
    <>
      <Tabs
        value={tab}
        onChange={(_, next: number) => setTab(next)}
        aria-label={t`What to see of ${workload}`}
      >
        {TABS.map((label, index) => (
          <Tab key={label} label={label} id={`tab-${index}`} aria-controls={`panel-${index}`} />
        ))}
      </Tabs>
      {TABS.map((label, index) => (
        <Panel key={label} index={index} isShown={index === tab}>
          {panelOf(tab, about)}
        </Panel>
      ))}
    </>
  )
}

interface InTab {
  readonly index: number
  readonly isShown: boolean
  readonly children: ReactNode
}

const Panel = ({ index, isShown, children }: InTab) => (
  <div role="tabpanel" id={`panel-${index}`} aria-labelledby={`tab-${index}`} hidden={!isShown}>
    {isShown && children}
  </div>
)

function panelOf(tab: number, about: AboutAttached): ReactNode {
  switch (tab) {
    case 1:
      return <VariablesPanel about={about} />
    case 2:
      return <LogsPanel about={about} />
    case 3:
      return <ShellPanel about={about} />
    default:
      return <OverviewPanel about={about} />
  }
}
