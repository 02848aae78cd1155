import type { Catalogue } from '../t.ts'

export const commandLine: Catalogue = {
  '"{0}" is not a command of {1}.': '「{0}」不是 {1} 的指令。',
  "Run '{0} --help' for the commands there are.": '執行「{0} --help」可列出所有指令。',
}
