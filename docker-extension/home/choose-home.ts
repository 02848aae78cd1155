import { createDockerDesktopClient } from '@docker/extension-api-client'
import { desktopHome } from './desktop-home.ts'
import type { Home } from './home.ts'
import { webHome } from './web-home.ts'

/** Docker Desktop puts its client into the page before the page runs. */
export const chooseHome = (): Home =>
  'ddClient' in window ? desktopHome(createDockerDesktopClient()) : webHome
