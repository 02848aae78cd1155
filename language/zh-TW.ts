import type { Catalogue } from './t.ts'
import { attach } from './zh-TW/attach.ts'
import { attached } from './zh-TW/attached.ts'
import { commandLine } from './zh-TW/command-line.ts'
import { commands } from './zh-TW/commands.ts'
import { doctor } from './zh-TW/doctor.ts'
import { edges } from './zh-TW/edges.ts'
import { mounts } from './zh-TW/mounts.ts'
import { output } from './zh-TW/output.ts'
import { page } from './zh-TW/page.ts'
import { pageAttachment } from './zh-TW/page-attachment.ts'
import { plan } from './zh-TW/plan.ts'
import { publish } from './zh-TW/publish.ts'
import { questions } from './zh-TW/questions.ts'
import { render } from './zh-TW/render.ts'
import { session } from './zh-TW/session.ts'
import { setup } from './zh-TW/setup.ts'
import { surroundings } from './zh-TW/surroundings.ts'
import { ui } from './zh-TW/ui.ts'
import { workspace } from './zh-TW/workspace.ts'

/** Traditional Chinese as used in Taiwan. */
export const zhTW: Catalogue = {
  ...attach,
  ...attached,
  ...commandLine,
  ...commands,
  ...doctor,
  ...edges,
  ...mounts,
  ...output,
  ...page,
  ...pageAttachment,
  ...plan,
  ...publish,
  ...render,
  ...questions,
  ...session,
  ...setup,
  ...surroundings,
  ...ui,
  ...workspace,
}
