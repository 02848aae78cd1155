import { Box, Button, MenuItem, Paper, Stack, TextField, Typography } from '@mui/material'
import { useMemo, useState } from 'react'
import { t } from '../../../language/t.ts'
import type { LogLine } from '../../../session/log-lines.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { VirtualRows } from '../../parts/virtual-rows.tsx'
import { createFinder } from '../../run/find-lines.ts'
import { useLogs } from '../../run/use-logs.ts'
import type { AboutAttached } from './about-attached.ts'
import { downloadText } from './download-text.ts'

/** What session, dev container and keeper log: followed, searched, and kept still while one reads. */
export function LogsPanel({ about }: { readonly about: AboutAttached }) {
  const { placeWords, devContainer, workload } = about
  const { lines, sources, error } = useLogs([
    'logs',
    '--follow',
    ...placeWords,
    devContainer.namespace,
    workload,
  ])
  const [source, setSource] = useState('')
  const [search, setSearch] = useState('')
  const [paused, setPaused] = useState<readonly LogLine[]>()
  const all = paused ?? lines
  const [find] = useState(createFinder)
  const found = useMemo(() => find(all, source, search), [find, all, source, search])
  const download = (): void => downloadText(`${workload}.log`, found.map(lineText).join(''))
  return (
    <Paper sx={{ p: 1.25 }}>
      <Stack spacing={1}>
        {error !== undefined && <ErrorNotice error={error} />}
        <Stack direction="row" spacing={1}>
          <TextField label={t`Search`} value={search} onChange={({ target }) => setSearch(target.value)} />
          <SourceField source={source} sources={sources} choose={setSource} />
          <Button
            variant="outlined"
            color="inherit"
            aria-pressed={paused !== undefined}
            onClick={() => setPaused(paused === undefined ? lines : undefined)}
          >
            {paused === undefined ? t`Pause` : t`Follow`}
          </Button>
          <Button variant="outlined" color="inherit" onClick={download} disabled={found.length === 0}>
            {t`Download`}
          </Button>
        </Stack>
        <Typography variant="body2" color="textSecondary" role="status">
          {found.length === all.length ? t`Lines: ${all.length}` : t`Lines: ${found.length} of ${all.length}`}
        </Typography>
        <LogRows lines={found} isFollowing={paused === undefined} />
      </Stack>
    </Paper>
  )
}

interface Source {
  readonly source: string
  readonly sources: readonly string[]
  readonly choose: (source: string) => void
}

const SourceField = ({ source, sources, choose }: Source) => (
  <TextField
    select
    label={t`Container`}
    value={source}
    slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
    onChange={({ target }) => choose(target.value)}
  >
    <MenuItem value="">{t`all`}</MenuItem>
    {sources.map(name => (
      <MenuItem key={name} value={name}>
        {name}
      </MenuItem>
    ))}
  </TextField>
)

const ROW_HEIGHT = 18
const HEIGHT = 480

function LogRows({
  lines,
  isFollowing,
}: {
  readonly lines: readonly LogLine[]
  readonly isFollowing: boolean
}) {
  return (
    <VirtualRows
      role="group"
      aria-label={t`Lines of the logs`}
      count={lines.length}
      rowHeight={ROW_HEIGHT}
      height={HEIGHT}
      isFollowing={isFollowing}
      sx={{ bgcolor: 'background.default', fontFamily: 'monospace', fontSize: 12 }}
      row={index => {
        const line = lines[index]
        return line === undefined ? null : (
          <Box key={index} style={{ height: ROW_HEIGHT, whiteSpace: 'pre' }}>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {timeOf(line)}
              {line.source}{' '}
            </Box>
            {line.text}
          </Box>
        )
      }}
    />
  )
}

/** Ours and Telepresence's lines begin with their own. */
const timeOf = ({ time, text }: LogLine): string => (/^\d{4}-/.test(text) ? '' : `${time.slice(11, 19)} `)

const lineText = ({ time, source, text }: LogLine): string => `${time} ${source} | ${text}\n`
