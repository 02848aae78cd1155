import type { Catalogue } from '../t.ts'

export const edges: Catalogue = {
  'Stopped, as asked.': '已依要求停止。',
  'The Docker engine does not answer.': 'Docker Engine 沒有回應。',
  'Add yourself to the group "docker", or run as a person who may use Docker.':
    '請把自己加入群組「docker」，或以可以使用 Docker 的使用者執行。',
  'Start Docker, then run the command again.': '請啟動 Docker，再執行一次。',
  '"docker {0}" ended with exit code {1}.': '「docker {0}」以結束代碼 {1} 結束。',
  '"docker {0}" gave no answer within {1} seconds.': '「docker {0}」在 {1} 秒內沒有回應。',
  'Could not find "{0}" on PATH.': 'PATH 上找不到「{0}」。',
  'Install Docker, or add its folder to PATH.': '請安裝 Docker，或把它的目錄加入 PATH。',
  '"docker {0}" was ended from outside.': '「docker {0}」被外部終止。',
  'There is no room left to write {0}.': '空間不足，無法寫入 {0}。',
  'Make room there, then run the command again.': '請騰出空間，再執行一次。',
  '{0} cannot be read.': '無法讀取 {0}。',
  'Make it, and the directories above it, yours to read.': '請讓自己可以讀取它與它的上層目錄。',
  '{0} cannot be written.': '無法寫入 {0}。',
  'Make its directory yours to write.': '請讓自己可以寫入它的目錄。',
  'no answer within {0} seconds': '{0} 秒內沒有回應',
  'Left at a question.': '在提問時離開。',
}
