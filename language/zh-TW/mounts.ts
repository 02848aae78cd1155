import type { Catalogue } from '../t.ts'

export const mounts: Catalogue = {
  "Bring the remote container's volumes into the dev container, copied once":
    '把遠端容器的 volume 複製一次到開發容器',
  'A node agent serves no volumes: --mount needs --agent sidecar.':
    'node agent 不提供 volume：--mount 需要 --agent sidecar。',
  'copied volumes': '複製的 volume',
  'Copy the volumes of {0}': '複製 {0} 的 volume',
  'the dev container is to have them, as they are now': '開發容器要有它們，內容以現在為準',
  'The container of "{0}" has no volumes to copy.': '「{0}」的容器沒有可以複製的 volume。',
  'The volumes of "{0}" could not be copied.': '無法複製「{0}」的 volume。',
  'Run again, or without --mount.': '請再執行一次，或不加 --mount。',
}
