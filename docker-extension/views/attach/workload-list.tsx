import { Box } from '@mui/material'
import type { KeyboardEvent } from 'react'
import { t } from '../../../language/t.ts'
import type { ListedWorkload } from '../../../session/listing.ts'
import { workloadText } from '../../../session/workload-text.ts'
import { VirtualRows } from '../../parts/virtual-rows.tsx'

const ROW_HEIGHT = 32
const MOST_ROWS = 7

interface Shown {
  readonly id: string
  readonly workloads: readonly ListedWorkload[]
  /** That the keys are at. */
  readonly active: number
  readonly chosen: string
  readonly choose: (workload: string) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** As many as there may be. */
export function WorkloadList({ id, workloads, active, chosen, choose, onKeyDown }: Shown) {
  return (
    <VirtualRows
      id={id}
      role="listbox"
      aria-label={t`Workloads`}
      aria-activedescendant={workloads.length === 0 ? undefined : `${id}-${active}`}
      count={workloads.length}
      rowHeight={ROW_HEIGHT}
      height={Math.max(1, Math.min(MOST_ROWS, workloads.length)) * ROW_HEIGHT}
      active={active}
      onKeyDown={onKeyDown}
      row={index => {
        const workload = workloads[index]
        if (workload === undefined) return null
        return (
          <WorkloadOption
            key={workload.name}
            id={`${id}-${index}`}
            place={[index + 1, workloads.length]}
            isActive={index === active}
            isChosen={workload.name === chosen}
            {...{ workload, choose }}
          />
        )
      }}
    />
  )
}

interface Option {
  readonly id: string
  /** Which of how many. */
  readonly place: readonly [number, number]
  readonly workload: ListedWorkload
  readonly isActive: boolean
  readonly isChosen: boolean
  readonly choose: (workload: string) => void
}

function WorkloadOption({ id, place, workload, isActive, isChosen, choose }: Option) {
  return (
    <Box
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-posinset={place[0]}
      aria-setsize={place[1]}
      onClick={() => choose(workload.name)}
      sx={{
        height: ROW_HEIGHT,
        px: 1,
        gap: 1.5,
        display: 'flex',
        alignItems: 'center',
        cursor: 'pointer',
        whiteSpace: 'nowrap',
        bgcolor: isChosen ? 'action.selected' : isActive ? 'action.hover' : undefined,
        '&:hover': { bgcolor: 'action.hover' },
      }}
    >
      <Box aria-hidden sx={{ width: 12, color: 'primary.main' }}>
        {isChosen ? '✓' : ''}
      </Box>
      <Box sx={{ fontWeight: 600, minWidth: 160 }}>{workload.name}</Box>
      <Box sx={{ color: 'text.secondary', minWidth: 96 }}>{workload.kind}</Box>
      <Box sx={{ color: workload.ready === 0 ? 'error.main' : 'text.secondary' }}>
        {workloadText(workload)}
      </Box>
    </Box>
  )
}
