import { Alert, AlertTitle, Box, Button, Link, Stack } from '@mui/material'
import type { ReactNode } from 'react'
import { t } from '../../language/t.ts'
import type { RunView } from '../../session/view.ts'
import { useSurroundings } from '../home/home-context.ts'
import { UNREACHABLE } from '../run/run-events.ts'

type Failure = NonNullable<RunView['error']>

const REPOSITORY = 'https://github.com/kde-tp/kde-tp'
const GUIDE = `${REPOSITORY}/blob/main/docs`
/** What we did not expect, and so the guide does not either. */
const BUG = 'BUG'

/** What failed, why, what state is left, and the one thing to do. */
export function ErrorNotice({
  error,
  retry,
  children,
}: {
  readonly error: Failure
  readonly retry?: (() => void) | undefined
  readonly children?: ReactNode
}) {
  const isOurs = error.code !== UNREACHABLE
  return (
    <Alert severity="error" variant="outlined">
      <AlertTitle sx={{ overflowWrap: 'anywhere' }}>
        {isOurs ? `${error.message} (${error.code})` : t`kde-tp did not answer.`}
      </AlertTitle>
      <Stack spacing={1}>
        {error.detail !== undefined && error.detail !== '' && <Said text={error.detail} />}
        {error.left !== undefined && <span>{error.left}</span>}
        <Hint text={isOurs ? error.hint : t`Look whether kde-tp still runs, and load the page again.`} />
        <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
          {retry !== undefined && (
            <Button variant="outlined" color="inherit" onClick={retry}>
              {t`Try again`}
            </Button>
          )}
          {children}
          {isOurs && error.code !== BUG && <GuideLink code={error.code} />}
          {error.code === BUG && (
            <ExternalLink url={`${REPOSITORY}/issues`}>{t`Report it, with what stands here`}</ExternalLink>
          )}
        </Stack>
      </Stack>
    </Alert>
  )
}

/** A tool's own words. It can be scrolled by keyboard. */
function Said({ text }: { readonly text: string }) {
  return (
    <Box
      component="pre"
      tabIndex={0}
      aria-label={t`What the tool said`}
      role="group"
      sx={{
        m: 0,
        fontSize: 12,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        maxHeight: 240,
        overflow: 'auto',
      }}
    >
      {text}
    </Box>
  )
}

function Hint({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return null
  return <Box sx={{ fontWeight: 600, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</Box>
}

function GuideLink({ code }: { readonly code: string }) {
  const { language } = useSurroundings()
  const url = `${GUIDE}/errors${language === 'en' ? '' : `.${language}`}.md#${code.toLowerCase()}`
  return <ExternalLink url={url}>{t`${code} in the guide`}</ExternalLink>
}

function ExternalLink({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  const { home } = useSurroundings()
  return (
    <Link
      href={url}
      onClick={event => {
        event.preventDefault()
        home.openExternal(url)
      }}
    >
      {children}
    </Link>
  )
}
