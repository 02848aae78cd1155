import type { Catalogue } from '../t.ts'

export const mounts: Catalogue = {
  "Bring the remote container's volumes into the dev container, live or copied once":
    '把遠端容器的 volume 帶進開發容器，即時掛載或複製一次',
  'A node agent serves no volumes: --mount needs --agent sidecar.':
    'node agent 不提供 volume：--mount 需要 --agent sidecar。',
  'live volumes': '即時的 volume',
  'copied volumes': '複製的 volume',
  'Mount the volumes of {0}': '掛載 {0} 的 volume',
  'the dev container is to have them live; a container of its own gets the right to mount':
    '開發容器要看到即時的內容；只有一個專用的容器取得掛載的權限',
  'The container of "{0}" has no volumes to mount.': '「{0}」的容器沒有可以掛載的 volume。',
  'The volumes of "{0}" could not be mounted.': '無法掛載「{0}」的 volume。',
  'Run again with --mount=copy, or without --mount.': '請改用 --mount=copy 再執行一次，或不加 --mount。',
  'Volumes cannot be shown live here. {0}': '這裡無法即時顯示 volume。{0}',
  "Docker Desktop's engine is in a machine of its own.": 'Docker Desktop 的 Engine 在它自己的虛擬機裡。',
  'A rootless engine may not mount what the host sees.': 'rootless 的 Engine 不能掛載主機看得到的東西。',
  'The engine is on another computer.': 'Engine 在另一台電腦上。',
  '{0} is a private mount of this computer.': '{0} 在這台電腦上是私有的掛載。',
  'Or make it shared, as root: mount --make-rshared {0}': '或以 root 把它設為共享：mount --make-rshared {0}',
  'Run with --mount=copy, which copies them once.': '請改用 --mount=copy，它會複製一次。',
  'Copy the volumes of {0}': '複製 {0} 的 volume',
  'the dev container is to have them, as they are now': '開發容器要有它們，內容以現在為準',
  'The container of "{0}" has no volumes to copy.': '「{0}」的容器沒有可以複製的 volume。',
  'The volumes of "{0}" could not be copied.': '無法複製「{0}」的 volume。',
  'Run again, or without --mount.': '請再執行一次，或不加 --mount。',
}
