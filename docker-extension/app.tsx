import { AppBar, Box, LinearProgress, Link, NativeSelect, Stack, Toolbar, Typography } from '@mui/material'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import type { Language } from '../language/choose-language.ts'
import { t } from '../language/t.ts'
import type { Home } from './home/home.ts'
import { SurroundingsContext, useSurroundings } from './home/home-context.ts'
import { switchLanguage } from './language.ts'
import { Boundary } from './parts/boundary.tsx'
import { linkTo, type Route, useRoute } from './parts/route.ts'
import { keepPlace, keptPlace, type Place } from './run/place.ts'
import { type Engine, useEngine } from './run/use-engine.ts'
import { type Running, useRun } from './run/use-run.ts'
import { HomeView } from './views/home/home-view.tsx'

// What is not seen first comes later.
const AttachView = lazy(async () => ({
  default: (await import('./views/attach/attach-view.tsx')).AttachView,
}))
const AttachmentView = lazy(async () => ({
  default: (await import('./views/attachment/attachment-view.tsx')).AttachmentView,
}))
const DoctorView = lazy(async () => ({ default: (await import('./views/doctor-view.tsx')).DoctorView }))
const RemoveView = lazy(async () => ({
  default: (await import('./views/remove/remove-view.tsx')).RemoveView,
}))

/** The whole page. */
export function App({ home, language }: { readonly home: Home; readonly language: Language }) {
  const [place, setKept] = useState(keptPlace)
  const setPlace = useCallback((chosen: Place) => {
    keepPlace(chosen)
    setKept(chosen)
  }, [])
  const surroundings = useMemo(() => ({ home, language, place, setPlace }), [home, language, place, setPlace])
  return (
    <SurroundingsContext value={surroundings}>
      <Views />
    </SurroundingsContext>
  )
}

function Views() {
  const { home, language } = useSurroundings()
  const engine = useEngine({ home, language })
  const attaching = useRun()
  const route = useRoute()
  return (
    <>
      <Head view={route.view} language={language} isAttaching={attaching.isRunning} />
      <Boundary key={route.view}>
        <Suspense fallback={<LinearProgress aria-label={t`Loading`} />}>
          <View route={route} engine={engine} attaching={attaching} />
        </Suspense>
      </Boundary>
    </>
  )
}

interface Viewed {
  readonly route: Route
  readonly engine: Engine
  readonly attaching: Running
}

function View({ route: { view, about }, engine, attaching }: Viewed) {
  switch (view) {
    case 'attach':
      return <AttachView about={about} attaching={attaching} />
    case 'attachment':
      return <AttachmentView key={about.toString()} about={about} engine={engine} />
    case 'doctor':
      return <DoctorView />
    case 'remove':
      return <RemoveView engine={engine} />
    default:
      return <HomeView engine={engine} />
  }
}

const VIEWS = [
  ['', t`Attachments`],
  ['attach', t`New attachment`],
  ['doctor', t`Doctor`],
  ['remove', t`Clear and uninstall`],
] as const

interface Headed {
  readonly view: string
  readonly language: Language
  readonly isAttaching: boolean
}

function Head({ view, language, isAttaching }: Headed) {
  return (
    <AppBar
      position="static"
      color="transparent"
      elevation={0}
      sx={{ border: 0, borderBottom: 1, borderColor: 'divider' }}
    >
      <Toolbar variant="dense" sx={{ gap: 3 }}>
        <Typography sx={{ fontWeight: 700 }}>kde-tp</Typography>
        <Stack component="nav" aria-label={t`Views`} direction="row" spacing={2.5} sx={{ flex: 1 }}>
          {VIEWS.map(([name, label]) => (
            <Link
              key={name}
              href={linkTo(name)}
              underline={name === view ? 'always' : 'hover'}
              color={name === view ? 'primary' : 'text.secondary'}
              {...(name === view && { 'aria-current': 'page' as const })}
            >
              {name === 'attach' && isAttaching ? t`Attaching` : label}
            </Link>
          ))}
        </Stack>
        <LanguageSwitch language={language} />
      </Toolbar>
    </AppBar>
  )
}

function LanguageSwitch({ language }: { readonly language: Language }) {
  return (
    <Box>
      <NativeSelect
        value={language}
        onChange={({ target }) => switchLanguage(target.value as Language)}
        inputProps={{ 'aria-label': t`Language` }}
        disableUnderline
      >
        <option value="en">English</option>
        <option value="zh-TW" lang="zh-TW">
          繁體中文
        </option>
      </NativeSelect>
    </Box>
  )
}
