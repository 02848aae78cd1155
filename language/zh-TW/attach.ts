import type { Catalogue } from '../t.ts'

export const attach: Catalogue = {
  '"{0}" is attached as it was.': '「{0}」仍然照原樣攔截著。',
  'The namespace is missing: name it after the command.': '缺少命名空間：請寫在指令後面。',
  'Internal network to proxy (CIDR), or Enter for none:':
    '請輸入要 Proxy 的內網網段(CIDR)，如果沒有請直接按 Enter:',
  'The workload is missing: name it after the namespace.': '缺少工作負載：請寫在命名空間後面。',
  'The namespace has no Deployment, StatefulSet or ReplicaSet.':
    '這個命名空間沒有 Deployment、StatefulSet 或 ReplicaSet。',
  'The pods of "{0}" have several containers: give --container, as {1}.':
    '「{0}」的 Pod 有好幾個容器：請指定 --container，例如 {1}。',
  'Container:': '容器：',
  'A port is missing: give --port LOCAL:REMOTE.': '缺少連接埠：請指定 --port LOCAL:REMOTE。',
  'Another port?': '是否還有其他 Port？',
  'Requests:': '請求：',
  'all others stay with the cluster': '其餘都留在叢集',
  'Header that your requests have:': '你的請求所帶的標頭：',
  'The image is missing: give --image. Outside of a KDE-cli workspace no file names one.':
    '缺少映像檔：請指定 --image。在 KDE-cli 工作區之外，沒有檔案會指定它。',
  'Image of the dev container:': '開發容器的映像檔：',
  'The project is missing: give --project.': '缺少專案：請指定 --project。',
  'The environment has no project.': '環境裡目前沒有任何專案。',
  'Project:': '專案：',
  'all requests': '所有請求',
  'only requests with my header': '只要帶有我的標頭的請求',
  'Remote port:': '遠端 Pod 使用的 Port：',
  'Local port that your program listens on:': '本地對應的 Port：',
  'The keeper {0} ends each time it is started.': 'keeper {0} 每次啟動就結束。',
  'The container {0} is there; remove it with: docker rm -f {1}': '容器 {0} 還在；請移除它：docker rm -f {1}',
  'Somebody has cleared this environment while the command was at work.': '指令執行時，有人清除了這個環境。',
  'What this command had made is gone with it.': '這個指令建立的東西也一併消失。',
  'Taking away what this command has made.': '正在移除這個指令建立的東西。',
  'What this command had made was taken away again.': '這個指令建立的東西已經移除。',
  'What this command had made was taken away again. The attachment of {0} was ended before, and stays so: the cluster answers by itself.':
    '這個指令建立的東西已全部撤除。{0} 的攔截在那之前已被結束，不會恢復；目前由叢集自行回應。',
  '"{0}" was lost at {1}: {2}. It is left to them: leave, and attach it again, if it is to be yours.':
    '「{0}」於 {1} 失去攔截：{2}。不會自動搶回；若仍需要，請離開後重新攔截。',
  'The environment of "{0}" changed at {1}: {2}. Its copies are written anew; what runs keeps the old, and a new shell by \'docker kde-tp exec\' gets the new.':
    '「{0}」的環境變數於 {1} 變更：{2}。複本已重新寫入；執行中的程式仍是舊的，用「docker kde-tp exec」開新的 shell 就會拿到新的。',
  '{0} holds "{1}" in {2}.': '{0} 正在攔截 {2} 的「{1}」。',
  'You may not end the attachment of "{0}" by {1}.': '你沒有權限結束 {1} 對「{0}」的攔截。',
  'An administrator may: telepresence connect --namespace {0} --manager-namespace {1} && telepresence revoke {2}':
    '管理員可以執行：telepresence connect --namespace {0} --manager-namespace {1} && telepresence revoke {2}',
  'The attachment of "{0}" by {1} was ended.': '已結束 {1} 對「{0}」的攔截。',
  'Ask them, or give --yes to take it all the same.': '請先詢問對方，或加上 --yes 直接接手。',
  '{0} End theirs, and take it?': '{0}要結束對方的攔截並接手嗎？',
  '--format json has no terminal to give: it needs --detach, --dry-run or -- COMMAND.':
    '--format json 無法提供終端機：需要 --detach、--dry-run 或 -- COMMAND。',
  '--port names the local port {0} twice.': '--port 兩次指定本地連接埠 {0}。',
  '--port names the remote port {0} twice.': '--port 兩次指定遠端連接埠 {0}。',
  '--to-pod "{0}" is not a port, as 9090 or 5353/udp.': '--to-pod「{0}」不是連接埠，例如 9090 或 5353/udp。',
  '--path-prefix "{0}" does not start with "/", as every path does.':
    '--path-prefix「{0}」不是以「/」開頭，但所有路徑都是。',
  '--header "{0}" is not NAME=VALUE.': '--header「{0}」不是 NAME=VALUE。',
  '--env "{0}" is not NAME=VALUE.': '--env「{0}」不是 NAME=VALUE。',
  '"{0}" is not a CIDR, as 10.0.0.0/8.': '「{0}」不是 CIDR，例如 10.0.0.0/8。',
  'Waiting up to {0} s for a ready pod of {1}.': '等待 {1} 有就緒的 Pod，最多 {0} 秒。',
  'This cluster has no traffic-manager in namespace {0}. Install it, for everybody who uses the cluster?':
    '這個叢集的命名空間 {0} 沒有 traffic-manager。要為所有使用這個叢集的人安裝嗎？',
  'The traffic-manager could not be installed into namespace "{0}".':
    'traffic-manager 無法安裝到命名空間「{0}」。',
  'Ask the administrator of the cluster to install it: that takes the rights of a cluster-admin.':
    '請叢集的管理者安裝：這需要 cluster-admin 的權限。',
  'Helm may have left a part of it; "telepresence helm uninstall --namespace {0}" takes it out.':
    'Helm 可能留下了一部分；可用「telepresence helm uninstall --namespace {0}」移除。',
  'Opens a shell in the dev container of a project, or runs COMMAND there and ends with its exit code.':
    '在專案的開發容器裡開啟 shell，或在那裡執行 COMMAND，並以它的結束代碼結束。',
  "The pod's environment is set, and names of the cluster resolve.":
    'Pod 的環境變數已經設好，叢集裡的名稱也解析得到。',
  'What is not given is asked for where there is a terminal. On leaving, all is as it was before.':
    '沒有指定的項目，有終端機時會詢問。離開後，一切恢復原狀。',
  'No subnet is free for the session’s network.': '沒有可供連線的網路使用的子網路。',
  'Taken: {0}': '已被使用：{0}',
  'Also reach this network through the cluster': '也透過叢集連到這個網段',
  "The pod's container that is meant": '指定 Pod 裡的哪一個容器',
  'Leave the dev container running in the background': '讓開發容器留在背景執行',
  "Give the dev container the engine's socket, and with it all rights on this computer":
    '把 Engine 的 socket 給開發容器，等於交出這台電腦的所有權限',
  'Set a variable in the dev container': '在開發容器裡設定一個變數',
  "Image of the dev container instead of the project's DEVELOP_IMAGE":
    '開發容器改用這個映像檔，不用專案的 DEVELOP_IMAGE',
  'Install the traffic-manager where the cluster has none': '叢集沒有 traffic-manager 時安裝',
  'Keep your ~/.docker out of the dev container': '不把你的 ~/.docker 放進開發容器',
  'Keep your kubeconfig out of the dev container': '不把你的 kubeconfig 放進開發容器',
  'Keep your ~/.netrc out of the dev container': '不把你的 ~/.netrc 放進開發容器',
  'Project whose dev container is opened': '要進入哪個專案的開發容器',
  'Agent in the cluster (default: sidecar; for ingest node, where the cluster allows it)':
    '叢集裡用哪一種 agent（預設為 sidecar；ingest 在叢集允許時為 node）',
  "Reach a port of the pod's other containers on localhost": '在 localhost 連到 Pod 裡其他容器的連接埠',
  'Take only requests that have this header': '只接收帶有這個標頭的請求',
  'End the attachment of somebody else who holds the workload, after a yes':
    '工作負載被別人攔截時，確認後結束對方的攔截',
  'Take only requests whose path starts so': '只接收路徑以此開頭的請求',
  'Take only requests whose path matches': '只接收路徑符合這個規則運算式的請求',
  "Local port for a service port's name or number": '本地連接埠，對應 Service 連接埠的名稱或號碼',
  "Local port for a container port's name or number": '本地連接埠，對應容器連接埠的名稱或號碼',
  'Requests by UDP have neither headers nor paths to choose them by.':
    'UDP 的請求沒有標頭也沒有路徑可以用來挑選。',
  'No KDE-cli workspace is here: this is about context "{0}" of {1} and the directory {2}.':
    '這裡沒有 KDE-cli 工作區：使用 {1} 的 context「{0}」與目錄 {2}。',
  'Project "{0}" names no DEVELOP_IMAGE.': '專案「{0}」沒有指定 DEVELOP_IMAGE。',
  'Write DEVELOP_IMAGE=… into {0}/project.env, or give --image.':
    '請在 {0}/project.env 寫入 DEVELOP_IMAGE=…，或指定 --image。',
  'The image of project "{0}",': '專案「{0}」的映像檔',
  'The image {0} has no bash, which opens the dev container.': '映像檔 {0} 沒有 bash，開啟開發容器需要它。',
  'Add bash to the image, or name another one with --image.':
    '請在映像檔裡加入 bash，或用 --image 指定別的。',
  '{0} is gone: somebody has detached its workload, cleared its environment, or removed it.':
    '{0} 已經不存在：有人 detach 了它的工作負載、清除了它的環境，或移除了它。',
  'the keeper has left': 'keeper 已經離開',
  'A pod from before still answers some requests.': '先前的一個 Pod 還在回應部分請求。',
  '{0} with {1}': '{0}（{1}）',
  'Requests for {0} arrive here, on port {1}; the container that answered them is stopped.':
    '{0} 的請求會送到這裡的連接埠 {1}；原本回應的容器已停止。',
  'Requests for {0} arrive here, on port {1}.': '{0} 的請求會送到這裡的連接埠 {1}。',
  'Requests for {0} arrive here, on port {1}; all others stay with the cluster.':
    '{0} 的請求會送到這裡的連接埠 {1}；其餘都留在叢集。',
  'A copy of the requests for {0} arrives here, on port {1}; the cluster answers them.':
    '{0} 的請求會複製一份到這裡的連接埠 {1}；由叢集回應。',
  'Requests for {0} stay with the cluster; its environment and network are here.':
    '{0} 的請求留在叢集；它的環境與網路在這裡。',
  'Try: curl {0} http://{1}.{2}{3}': '試試：curl {0} http://{1}.{2}{3}',
  'The session {0} could not connect to the cluster.': 'telepresence 連線失敗：{0} 無法連到叢集。',
  'Its whole log is in {0}.': '完整的記錄在 {0}。',
  "The pod's {0} stays in {1}.json: the dev container keeps its own.":
    'Pod 的 {0} 留在 {1}.json：開發容器保留自己的。',
  ' and ': ' 與 ',
  '"{0}" is not LOCAL:REMOTE, as 8080:http or 8080:80.':
    '「{0}」不是 LOCAL:REMOTE，例如 8080:http 或 8080:80。',
  '"{0}" is not a port: a number from 1 to 65535 is.': '「{0}」不是連接埠：必須是 1 到 65535 的數字。',
}
