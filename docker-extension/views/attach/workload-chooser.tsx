import { LinearProgress, Paper, Stack, TextField, Typography } from '@mui/material'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { t } from '../../../language/t.ts'
import type { ListedWorkload } from '../../../session/listing.ts'
import { workloadText } from '../../../session/workload-text.ts'
import { useSurroundings } from '../../home/home-context.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Remarks } from '../../parts/remarks.tsx'
import { placeWords } from '../../run/place.ts'
import { useAnswer } from '../../run/use-answer.ts'
import { WorkloadList } from './workload-list.tsx'

interface Shown {
  readonly namespace: string
  readonly chosen: string
  readonly choose: (workload: string) => void
}

/** The workloads of a namespace, and whether they are ready and free. */
export function WorkloadChooser({ namespace, chosen, choose }: Shown) {
  const { place } = useSurroundings()
  const { answer, error, remarks, isAsking, again } = useAnswer('workloads', [
    ...['list', ...placeWords(place), namespace],
  ])
  return (
    <Paper component="section" aria-label={t`Workload`} sx={{ p: 1.25 }}>
      <Stack spacing={1}>
        <Typography variant="h2">{t`Workload`}</Typography>
        {isAsking && <LinearProgress aria-label={t`Reading the workloads`} />}
        {error !== undefined && <ErrorNotice error={error} retry={again} />}
        <Remarks remarks={remarks} />
        {answer !== undefined && (
          <WorkloadSearch workloads={answer.workloads} chosen={chosen} choose={choose} />
        )}
      </Stack>
    </Paper>
  )
}

interface Searched {
  readonly workloads: readonly ListedWorkload[]
  readonly chosen: string
  readonly choose: (workload: string) => void
}

function WorkloadSearch({ workloads, chosen, choose }: Searched) {
  const [search, setSearch] = useState('')
  const [active, setActive] = useState(0)
  const list = useId()
  const found = useMemo(() => matching(workloads, search), [workloads, search])
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moved(event.key, active, found.length)
    if (next === undefined) return
    event.preventDefault()
    if (next === 'choose') choose(found[active]?.name ?? chosen)
    else setActive(next)
  }
  return (
    <>
      <TextField
        label={t`Search`}
        value={search}
        onChange={({ target }) => {
          setSearch(target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
        slotProps={{
          htmlInput: {
            role: 'combobox',
            'aria-expanded': true,
            'aria-controls': list,
            'aria-activedescendant': found.length === 0 ? undefined : `${list}-${active}`,
          },
        }}
      />
      <Typography variant="body2" color="textSecondary" role="status">
        {found.length === workloads.length
          ? t`Workloads: ${workloads.length}`
          : t`Workloads: ${found.length} of ${workloads.length}`}
      </Typography>
      <WorkloadList id={list} workloads={found} {...{ active, chosen, choose, onKeyDown }} />
    </>
  )
}

/** By name, and by what is said of it, as "ready". */
function matching(workloads: readonly ListedWorkload[], search: string): readonly ListedWorkload[] {
  const sought = search.trim().toLowerCase()
  if (sought === '') return workloads
  return workloads.filter(
    workload => workload.name.includes(sought) || workloadText(workload).toLowerCase().includes(sought),
  )
}

function moved(key: string, active: number, count: number): number | 'choose' | undefined {
  if (key === 'Enter') return 'choose'
  const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 6, PageUp: active - 6 }[key]
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to))
}
