import type { Catalogue } from '../t.ts'

export const setup: Catalogue = {
  'Could not {0} at {1}.': '無法在 {1} {0}。',
  'Make {0} yours to write, or run setup as root; then run it again.':
    '請讓自己可以寫入 {0}，或以 root 執行 setup；然後再執行一次。',
  'Nothing was changed.': '沒有做任何變更。',
  'Changed before that: {0}.': '在那之前已變更：{0}。',
  'copy the program': '複製程式',
  'link to the plugin': '連結到外掛',
  'write the shim': '寫入 shim',
  'link to the shim': '連結到 shim',
  remove: '移除',
  'docker looks for its plugins there': 'Docker 在那裡找外掛',
  '"kde-tp setup" made it': '它是「kde-tp setup」建立的',
  'it is on PATH': '它在 PATH 上',
  '"docker kde-tp" takes it': '「docker kde-tp」需要它',
  'it stands ahead of docker on PATH': '它在 PATH 上排在 docker 前面',
  'not installed: no directory on PATH can be written': '未安裝：PATH 上沒有可以寫入的目錄',
  'not installed: no directory ahead of {0} on PATH can be written':
    '未安裝：PATH 上排在 {0} 前面的目錄都無法寫入',
  '{0}, ahead of {1}': '{0}，排在 {1} 前面',
  'A shell that has already run docker finds the new one after "hash -r".':
    '已經執行過 docker 的 shell，要執行「hash -r」之後才找得到新的。',
  'Type "docker kdetp" wherever "docker kde-tp" is meant: it is the same.':
    '所有寫「docker kde-tp」的地方都可以打「docker kdetp」，兩者相同。',
  "For the other spelling, let your login shell put a directory of your own (as ~/.local/bin) ahead of docker's on PATH, log in again, and run setup again.":
    '想用另一種寫法，請讓 login shell 把你自己的目錄（例如 ~/.local/bin）放在 PATH 上 docker 的前面，重新登入，再執行一次 setup。',
  '{0} stays: it is no plugin of kde-tp.': '{0} 留著：它不是 kde-tp 的外掛。',
  'What setup put into {0} for everybody stays: root can remove it.':
    'setup 為所有人放在 {0} 的東西留著：root 可以移除。',
  'There was nothing to remove.': '沒有東西需要移除。',
  'removed {0}': '已移除 {0}',
}
