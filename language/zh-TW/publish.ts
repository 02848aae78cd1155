import type { Catalogue } from '../t.ts'

export const publish: Catalogue = {
  PUBLISHED: '已發布的連接埠',
  'Make ports of a running dev container reachable on this computer':
    '讓執行中的開發容器的連接埠可以從這台電腦連到',
  'What listens on PORT in the dev container, also on its loopback only, answers on this computer until the dev container ends.':
    '開發容器裡在 PORT 監聽的程式（只監聽 loopback 也可以），在開發容器結束之前都能從這台電腦連到。',
  'On 127.0.0.1 unless an ADDRESS is given: with 0.0.0.0 everybody in your network can reach it.':
    '沒有指定 ADDRESS 時在 127.0.0.1；指定 0.0.0.0 時，你的網路裡所有人都連得到。',
  '"{0}" is neither namespace nor workload nor port.': '「{0}」不是命名空間、工作負載或連接埠。',
  'A port is missing: name it last, as 3000 or 8080:3000.':
    '缺少連接埠：請寫在最後，例如 3000 或 8080:3000。',
  'Make a port of the dev container reachable on this computer': '讓開發容器的連接埠可以從這台電腦連到',
  '{0} leads to port {1} of the dev container.': '{0} 通到開發容器的連接埠 {1}。',
  'Publish {0}': '發布 {0}',
  'this computer is to reach it': '這台電腦要連到它',
  '{0} has port {1} of the host already.': '{0} 已經佔用主機的連接埠 {1}。',
  'Something else has one of these ports of the host: {0}.':
    '主機的這些連接埠之中，有一個已被其他程式佔用：{0}。',
  'Name another port of the host, as {0}:{1}.': '請指定主機的其他連接埠，例如 {0}:{1}。',
  '"{0}" is not [[ADDRESS:]HOSTPORT:]PORT, as 3000 or 8080:3000.':
    '「{0}」不是 [[ADDRESS:]HOSTPORT:]PORT，例如 3000 或 8080:3000。',
  '"{0}" has a port that is none: a number from 1 to 65535 is.':
    '「{0}」裡的連接埠無效：必須是 1 到 65535 的數字。',
}
