import { Button, LinearProgress, Stack } from '@mui/material'
import { t } from '../../../language/t.ts'
import { OthersNotice } from '../../parts/others-notice.tsx'
import { Remarks } from '../../parts/remarks.tsx'
import { useRun } from '../../run/use-run.ts'
import type { AboutAttached } from './about-attached.ts'

/** Gives the workload its requests back. What somebody else has attached, only after another click. */
export function DetachButton({ about }: { readonly about: AboutAttached }) {
  const { view, isRunning, start } = useRun({ goesOn: true })
  const { workload, placeWords, devContainer } = about
  const detach = (...more: readonly string[]): void =>
    void start(['detach', ...placeWords, ...more, devContainer.namespace, workload])
  return (
    <Stack spacing={1}>
      <div>
        <Button variant="outlined" color="error" disabled={isRunning} onClick={() => detach()}>
          {t`Detach`}
        </Button>
      </div>
      {isRunning && <LinearProgress aria-label={t`Detaching`} />}
      <Remarks remarks={view?.remarks ?? []} />
      {view?.error !== undefined && <OthersNotice error={view.error} end={() => detach('--yes')} />}
    </Stack>
  )
}
