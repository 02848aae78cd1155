import type { Catalogue } from './t.ts'
import { commandLine } from './zh-TW/command-line.ts'

/** Traditional Chinese as used in Taiwan. */
export const zhTW: Catalogue = { ...commandLine }
