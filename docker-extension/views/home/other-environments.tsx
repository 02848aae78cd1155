import { Link, Paper, Stack, Typography } from '@mui/material'
import { t } from '../../../language/t.ts'
import type { EnvironmentStatus } from '../../../session/engine-status.ts'
import { useSurroundings } from '../../home/home-context.ts'
import { linkTo } from '../../parts/route.ts'
import { placeWords } from '../../run/place.ts'
import { useAnswer } from '../../run/use-answer.ts'

/** Environments of the workspace in which nothing runs. */
export function OtherEnvironments({ environments }: { readonly environments: readonly EnvironmentStatus[] }) {
  const { place, setPlace } = useSurroundings()
  const { answer } = useAnswer('choices', ['choices', ...placeWords(place)])
  if (answer === undefined) return null
  const running = environments.filter(({ workspace }) => workspace === answer.workspace)
  const idle = answer.environments.filter(name => !running.some(({ environment }) => environment === name))
  if (idle.length === 0) return null
  return (
    <Paper component="section" aria-label={t`Environments without a session`} sx={{ px: 1.25, py: 1 }}>
      <Typography variant="h2">{t`Environments without a session`}</Typography>
      {idle.map(environment => (
        <Stack key={environment} direction="row" spacing={2} sx={{ py: 0.25 }}>
          <Typography sx={{ minWidth: 160 }}>{environment}</Typography>
          <Link
            href={linkTo('attach')}
            variant="body1"
            onClick={() => !answer.isStandalone && setPlace({ ...place, environment })}
          >
            {t`Attach a workload in ${environment}`}
          </Link>
        </Stack>
      ))}
    </Paper>
  )
}
