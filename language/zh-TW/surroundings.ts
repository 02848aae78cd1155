import type { Catalogue } from '../t.ts'

export const surroundings: Catalogue = {
  "The engine's machine has no directory {0}.": '引擎所在的電腦沒有目錄 {0}。',
  'Use an engine of this computer, or put the workspace into the same place there; Docker Desktop shares directories in its settings.':
    '請使用這台電腦上的引擎，或在引擎的電腦上把工作區放在相同位置；Docker Desktop 可在設定中分享目錄。',
  'Pull {0}': '拉取 {0}',
  'the engine does not have it': 'Docker Engine 裡沒有',
  "{0} {1} is not here and can't be pulled.": '{0} {1} 不在這裡，也無法拉取。',
  'Load it with "docker load", or look whether its name is right.':
    '請用「docker load」載入，或檢查名稱是否正確。',
  'Docker has no Compose here.': '這裡的 Docker 沒有 Compose。',
  'Install the Docker Compose plugin, 2.24.4 or newer.': '請安裝 Docker Compose 外掛 2.24.4 或更新的版本。',
  'Docker Compose is {0}; {1} is the oldest that works.': 'Docker Compose 是 {0}；可用的最舊版本是 {1}。',
  'Upgrade the Docker Compose plugin.': '請升級 Docker Compose 外掛。',
  'The client certificate in {0} expired at {1}.': '{0} 裡的用戶端憑證已在 {1} 到期。',
  'The token in {0} expired at {1}.': '{0} 裡的 token 已在 {1} 到期。',
  'Get a new one from where you got this one, as by logging in again.':
    '請從原來的地方取得新的，例如重新登入。',
  '"{0}" is no name of a namespace: small letters, digits and hyphens are.':
    '「{0}」不能當作命名空間的名稱：只能用小寫字母、數字與連字號。',
  '"{0}" is no name of a workload: small letters, digits and hyphens are.':
    '「{0}」不能當作工作負載的名稱：只能用小寫字母、數字與連字號。',
  'it is a directory': '它是一個目錄',
  '{0} cannot be used: {1}.': '{0} 無法使用：{1}。',
  "The engine's machine has no /dev/net/tun, which Telepresence's network is made of.":
    'Engine 所在的機器沒有 /dev/net/tun，Telepresence 的網路需要它。',
  'Load it there with: modprobe tun': '請在那台機器上載入：modprobe tun',
  'The environment\'s Docker network "{0}" is not there.': '找不到環境的 Docker 網路「{0}」。',
  'Start the environment, which makes it.': '請啟動環境，它會建立這個網路。',
  'Looking at the cluster failed.': '查看叢集失敗。',
  'The runtime image': 'runtime 映像檔',
  'Environment of the workspace, or kubeconfig context (default: current)':
    '工作區裡的環境，或 kubeconfig 的 context（預設為目前的）',
  'Format of the output (default "human")': '輸出格式（預設「human」）',
  'Directory of the workspace (default: found from here upwards)': '工作區的目錄（預設從目前目錄往上找）',
  'Start the environment with: kde start {0}': '請啟動環境：kde start {0}',
  '{0} cannot be used: it is empty.': '{0} 無法使用：它是空的。',
  'Environment "{0}" has no kubeconfig: {1} is not there.': '環境「{0}」沒有 kubeconfig：{1} 不存在。',
  'The kubeconfig\'s credential program "{0}" gave a credential that expired at {1}.':
    'kubeconfig 的憑證程式「{0}」給的憑證已在 {1} 到期。',
  'Log in again, as {0} has it.': '請依 {0} 的方式重新登入。',
  'The kubeconfig\'s credential program "{0}" ended with exit code {1}.':
    'kubeconfig 的憑證程式「{0}」以結束代碼 {1} 結束。',
  'Run {0} yourself, and log in if it asks for it.': '請自己執行 {0}，如果它要求就登入。',
  'The kubeconfig\'s credential program "{0}" answered with no ExecCredential.':
    'kubeconfig 的憑證程式「{0}」沒有回覆 ExecCredential。',
  'Look at what {0} prints.': '請查看 {0} 輸出了什麼。',
  'There is no kde.env in {0} and no directory above it, and no kubeconfig at {1}.':
    '{0} 與它的上層目錄都沒有 kde.env，{1} 也沒有 kubeconfig。',
  'Go into a KDE-cli workspace, name one with --workspace, or set KUBECONFIG.':
    '請進入 KDE-cli 工作區、用 --workspace 指定，或設定 KUBECONFIG。',
  'No context is current in {0}.': '{0} 沒有設定目前的 context。',
  'There is no context "{0}" in {1}.': '{1} 裡沒有 context「{0}」。',
  'Put a cluster into the kubeconfig.': '請在 kubeconfig 裡加入一個叢集。',
  'Name one with --environment: {0}.': '請用 --environment 指定其中之一：{0}。',
  'There is no kde.env in /, and / cannot be a project.': '/ 裡沒有 kde.env，而且 / 不能當作專案。',
  "Go into your project's directory, or name one with --workspace.":
    '請進入專案的目錄，或用 --workspace 指定。',
  'No environment is current in this workspace.': '這個工作區沒有設定目前的環境。',
  'The workspace {0} has no environment "{1}".': '工作區 {0} 沒有環境「{1}」。',
  '--project names a project of a KDE-cli workspace, and {0} is in none: the directory itself is the project.':
    '--project 指的是 KDE-cli 工作區裡的專案，但 {0} 不在任何工作區裡：目錄本身就是專案。',
  'Environment "{0}" has no project "{1}".': '環境「{0}」沒有專案「{1}」。',
  'Make one under {0}/namespaces.': '請在 {0}/namespaces 底下建立一個。',
  'Name one of: {0}.': '請指定其中之一：{0}。',
  'There is no kde.env in {0} and no directory above it.': '{0} 與它的上層目錄都沒有 kde.env。',
  'Go into a KDE-cli workspace, or name one with --workspace.':
    '請進入 KDE-cli 工作區，或用 --workspace 指定。',
  'There is no directory {0}.': '目錄 {0} 不存在。',
  'Name the directory of a workspace with --workspace.': '請用 --workspace 指定工作區的目錄。',
  'There is no kde.env in {0}.': '{0} 裡沒有 kde.env。',
  'It is in a workspace; name that with: --workspace {0}':
    '它在一個工作區裡；請指定那個工作區：--workspace {0}',
  'Make one with KDE-cli.': '請用 KDE-cli 建立一個。',
  'The workspace’s files have lines that cannot be used.': '工作區的檔案裡有無法使用的內容。',
  'Put these lines right; NAME=VALUE and $NAME are understood there, and nothing is run.':
    '請修正這幾行；可以寫 NAME=VALUE 與 $NAME，不會執行任何東西。',
}
