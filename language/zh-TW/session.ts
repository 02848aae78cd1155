import type { Catalogue } from '../t.ts'

export const session: Catalogue = {
  'container {0}': '容器 {0}',
  'header {0}': '標頭 {0}',
  'path {0}…': '路徑 {0}…',
  'path matching {0}': '路徑符合 {0}',
  'service {0}': 'Service {0}',
  'its annotation': '它的 annotation',
  'The API server {0} does not answer.': 'API server {0} 沒有回應。',
  'Look whether the cluster runs, and at the server named in {0}.':
    '請檢查叢集是否在執行，以及 {0} 裡的 server。',
  'The API server {0} does not know you.': 'API server {0} 不認得你。',
  'Renew the credentials in {0}.': '請更新 {0} 裡的憑證。',
  'There is no namespace "{0}" in this cluster.': '這個叢集沒有命名空間「{0}」。',
  'Name one that there is.': '請指定存在的命名空間。',
  'You may not: {0}.': '你沒有這些權限：{0}。',
  'Ask the administrator of the cluster for these rights.': '請向叢集的管理者申請這些權限。',
  'A newer version of kde-tp has made {0}, and this one does not understand it.':
    '{0} 是較新版本的 kde-tp 建立的，這個版本無法理解。',
  'Update kde-tp to the version that made it.': '請將 kde-tp 更新到建立它的那個版本。',
  'The traffic-manager in namespace "{0}" is {1}; {2} is the oldest that works.':
    '命名空間「{0}」的 traffic-manager 是 {1}；可用的最舊版本是 {2}。',
  'Ask the administrator of the cluster to upgrade it.': '請叢集的管理者升級。',
  'There is no traffic-manager in namespace "{0}" of this cluster.':
    '這個叢集的命名空間「{0}」沒有 traffic-manager。',
  'Run again with --install-traffic-manager to install it (that takes an administrator), or set TELEPRESENCE_MANAGER_NAMESPACE in the environment’s .env if it is elsewhere.':
    '請加上 --install-traffic-manager 再執行一次來安裝（需要管理者）；如果它在別處，請在環境的 .env 設定 TELEPRESENCE_MANAGER_NAMESPACE。',
  'There is no workload "{0}" in namespace "{1}".': '命名空間「{1}」沒有工作負載「{0}」。',
  '{0} "{1}" has no ready pod ({2} of {3}).':
    'workload 不在 ready 狀態：{0}「{1}」沒有就緒的 Pod（{3} 個之中 {2} 個）。',
  'Look with: kubectl get pods --namespace {0}': '請查看：kubectl get pods --namespace {0}',
  'No service selects the pods of {0} "{1}", and no annotation names their ports.':
    '沒有 Service 選到 {0}「{1}」的 Pod，也沒有 annotation 指定它們的連接埠。',
  'Let a service select them, or annotate their template with {0}, as "8080". Without either only "ingest" is possible.':
    '請讓 Service 選到它們，或在 Pod template 加上 annotation {0}，例如「8080」。兩者都沒有時，只能用「ingest」。',
  '"{0}" has no port "{1}" that can be taken.': '「{0}」沒有可以攔截的連接埠「{1}」。',
  'The container declares none, so it can\'t be replaced: "intercept" takes the ports of its service.':
    '這個容器沒有宣告連接埠，所以無法取代：「intercept」可以攔截它的 Service 的連接埠。',
  '"{0}" answers UDP, on {1}, and would not any longer: agents lose what they do not intercept.':
    '「{0}」在 {1} 回應 UDP，之後就無法回應：agent 會丟失沒有攔截的部分。',
  'Only "intercept" with --agent node can take it, with its one UDP port among the others, as --port {0}:{1}.':
    '只有「intercept」搭配 --agent node 可以，而且要包含它唯一的 UDP 連接埠，例如 --port {0}:{1}。',
  'The pods of "{0}" have no container "{1}".': '「{0}」的 Pod 沒有容器「{1}」。',
  'You may not see the workloads of namespace "{0}".': '你沒有權限查看命名空間「{0}」的工作負載。',
  'Ask the administrator of the cluster for these rights, or name another namespace.':
    '請向叢集的管理者申請這些權限，或指定別的命名空間。',
  'Namespace "{0}" has no Deployment, StatefulSet or ReplicaSet.':
    '命名空間「{0}」沒有 Deployment、StatefulSet 或 ReplicaSet。',
  'Of a workload marked "?" nobody tells whether another session holds it: Telepresence names no other session.':
    '標示「?」的工作負載，無從得知是否有別的連線在使用：Telepresence 不會透露別的連線。',
  'Not everything may be seen: {0}': '部分內容無法查看：{0}',
  'another workload': '別的工作負載',
  'Project "{0}" has {1} already, in {2}.': '專案「{0}」已經在 {2} 攔截了 {1}。',
  'Take another project for {0}, or leave that one first.': '請為 {0} 選別的專案，或先離開那一個。',
  'Local port {0} belongs to project "{1}" of this session, for {2}.':
    '本地連接埠 {0} 屬於這個連線的專案「{1}」，用於 {2}。',
  'Name another local port, as --port {0}:{1}.': '請指定別的本地連接埠，例如 --port {0}:{1}。',
  '{0} for project "{1}" by {2}': '{0}，專案「{1}」，由 {2}',
  'something this version cannot read': '這個版本無法解讀的內容',
  '"{0}" is attached already: {1}, in {2}. Asked for: {3}.': '「{0}」已經攔截：{1}，在 {2}。這次要求：{3}。',
  'It runs already; end it with: docker rm -f {0}': '它已經在執行；要結束它：docker rm -f {0}',
  'Leave that one first, or ask for the same.': '請先離開那一個，或要求相同的。',
  '"{0}" is attached already, for another value of the header {1}.': '「{0}」已經攔截，但標頭 {1} 的值不同。',
  'The running session proxies {0}, and not {1}.': '執行中的連線 proxy 的是 {0}，而不是 {1}。',
  'Run again with --yes to replace it: its attachments come back by themselves, after a moment in which they fail.':
    '請加上 --yes 再執行一次來更換它：它的攔截會自己恢復，中間會中斷片刻。',
  'no further network': '沒有其他網段',
  'it is being taken by another command': '別的指令正在攔截它',
  'The session is not connected to the cluster.': '連線尚未連上叢集。',
  "Run 'docker kde-tp logs' to read its log.": '執行「docker kde-tp logs」可以查看記錄。',
  'Another session': '別的連線',
  '{0} holds "{1}" already.': '{0} 已經在使用「{1}」。',
  "Ask them to leave it, with 'docker kde-tp detach' or 'telepresence detach'; or end theirs with --take-over.":
    '請對方以「docker kde-tp detach」或「telepresence detach」離開；或加上 --take-over 結束對方的攔截。',
  'The attachment of "{0}" by somebody else could not be ended.': '無法結束別人對「{0}」的攔截。',
  '"{0}" has no port {1} that can be taken.': '「{0}」沒有可以攔截的連接埠 {1}。',
  'Its pods have a sidecar already: run with --agent sidecar.':
    '它的 Pod 已經有 sidecar：請用 --agent sidecar 執行。',
  'Telepresence could not take "{0}".': 'Telepresence 無法攔截「{0}」。',
  'The Telepresence client that was started for this has failed.': '為此啟動的 Telepresence 用戶端失敗了。',
  'Look what is wrong with: docker kde-tp doctor {0}': '請查看哪裡有問題：docker kde-tp doctor {0}',
  '{0} for project {1}': '{0}（專案 {1}）',
  'The agent of {0} stays, since somebody holds it: {1}.': '{0} 的 agent 保留，因為有人佔用：{1}。',
  'Each workload that has a Traffic Agent is held by somebody.':
    '每個帶 Traffic Agent 的工作負載都有人佔用。',
  'End what is your own with "docker kde-tp detach", and ask the others to leave.':
    '請用「docker kde-tp detach」結束你自己的，並請其他人離開。',
}
