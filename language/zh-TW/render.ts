import type { Catalogue } from '../t.ts'

export const render: Catalogue = {
  "Print the Compose project of a mode's call, and start nothing":
    '印出某個模式會使用的 Compose project，不啟動任何東西',
  'Takes the words of any mode, looks at the cluster as it does, and prints what it would give to docker compose.':
    '接受任一模式的參數，同樣會查看叢集，並印出它會交給 docker compose 的內容。',
  'Variables have their names and no values: what the pod has is known only when it is attached.':
    '變數只有名稱，沒有值：Pod 裡的值要到攔截時才知道。',
  'With --format json it is one event, whose "project" is the same as an object.':
    '加上 --format json 時是一個事件，其中的「project」是同樣內容的物件。',
  'There is no option --{0} with {1}.': '{1} 沒有選項 --{0}。',
  'The mode is missing: name {0} first.': '缺少模式：請先指定 {0} 其中之一。',
}
