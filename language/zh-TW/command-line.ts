import type { Catalogue } from '../t.ts'

export const commandLine: Catalogue = {
  'There is no option {0}.': '沒有選項 {0}。',
  'There is no option {0}; the nearest is --{1}.': '沒有選項 {0}；最接近的是 --{1}。',
  '{0} takes no value.': '{0} 不接受值。',
  '{0} needs a value.': '{0} 需要一個值。',
  '"{0}" is not a command of {1}.': '「{0}」不是 {1} 的指令。',
  '"{0}" is not a command of {1}; the nearest is "{2}".': '「{0}」不是 {1} 的指令；最接近的是「{2}」。',
  'Write it in small letters: {0}': '請用小寫：{0}',
  "Run '{0} --help' for the commands there are.": '執行「{0} --help」可列出所有指令。',
  'Language of the messages (default: that of the locale)': '訊息的語言（預設依語系設定）',
  '"{0}" takes no arguments, so "{1}" is one too many.': '「{0}」不接受參數，所以「{1}」是多餘的。',
  '"{0}" takes at most one argument, so "{1}" is one too many.':
    '「{0}」最多接受一個參數，所以「{1}」是多餘的。',
  '"{0}" takes at most {1} arguments, so "{2}" is one too many.':
    '「{0}」最多接受 {1} 個參數，所以「{2}」是多餘的。',
  "Run '{0} {1} --help' for more information.": '執行「{0} {1} --help」可查看詳細說明。',
  '--{0} is needed.': '需要 --{0}。',
  '--{0} is {1}, and not "{2}".': '--{0} 必須是 {1}，不能是「{2}」。',
  ' or ': ' 或 ',
  'No command stands after "--".': '「--」後面沒有指令。',
  'Usage:  {0} COMMAND': '用法：  {0} COMMAND',
  "A remote workload's traffic and environment in your project's container":
    '在專案的容器裡取得遠端工作負載的流量與環境',
  'Commands:': '指令：',
  'Options:': '選項：',
  'Print usage': '顯示說明',
  'Print the version ({0})': '顯示版本（{0}）',
  "Run '{0} COMMAND --help' for more information on a command.":
    '執行「{0} COMMAND --help」可查看個別指令的說明。',
  'Usage:  {0} {1} {2}': '用法：  {0} {1} {2}',
  '{0}, because {1}': '{0}，因為{1}',
}
