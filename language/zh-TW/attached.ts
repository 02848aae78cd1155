import type { Catalogue } from '../t.ts'

export const attached: Catalogue = {
  'project {0}, {1}': '專案 {0}，{1}',
  '"{0}" in namespace {1} is not attached from here.': '命名空間 {1} 的「{0}」不是從這裡攔截的。',
  'Nothing is.': '目前沒有任何攔截。',
  'What is: {0}.': '目前的攔截：{0}。',
  'Clear {0} of {1}': '清除 {1} 的 {0}',
  'you asked for it': '你要求這樣做',
  'The keeper could not remove everything.': 'keeper 無法移除全部。',
  'What is named above is still there.': '上面列出的還在。',
  'Look what holds it with: docker {0} inspect {1}': '請查看是什麼佔用它：docker {0} inspect {1}',
  'Ask them, or give --yes to end it all the same.': '請先問他們，或加上 --yes 直接結束。',
  '{0} End it all the same?': '{0}仍然要結束嗎？',
  'The answer was no, so nothing was ended.': '回答是「否」，所以什麼都沒有結束。',
  'Detach {0}': '結束 {0} 的攔截',
  'The session of {0} stays: somebody else is using it.': '{0} 的連線留著：還有別人在使用。',
  'The keeper did not remove {0}.': 'keeper 沒有移除 {0}。',
  'Remove it with: docker rm -f {0}': '請移除它：docker rm -f {0}',
  '"{0}" may still be attached.': '「{0}」可能仍在攔截中。',
  'The keeper {0} grants no lease.': 'keeper {0} 沒有給予 lease。',
  'Look whether program and runtime image are of one build: run scripts/install, or set KDE_TP_IMAGE.':
    '請檢查程式與 runtime 映像檔是否為同一次建置：執行 scripts/install，或設定 KDE_TP_IMAGE。',
  '{0} has ended in this moment.': '{0} 剛剛已經結束。',
  "The API server listens on this computer's loopback alone, where only a session reaches it.":
    'API server 只在這台電腦的 loopback 上監聽，只有連線到得了。',
  'While a session is there, run: docker exec SESSION telepresence uninstall WORKLOAD':
    '有連線時請執行：docker exec SESSION telepresence uninstall WORKLOAD',
  'Start the pods of {0} anew, without an agent': '重新啟動 {0} 的 Pod，不帶 agent',
  'Pods with an agent are still there: {0}.': '仍有帶 agent 的 Pod：{0}。',
  'They may yet go: Kubernetes starts them anew one after another.':
    '它們可能稍後就會消失：Kubernetes 會逐一重新啟動。',
  'Look at them with: docker kde-tp list {0}': '請查看：docker kde-tp list {0}',
  "The traffic-manager is the whole cluster's, and with it go the agents of all namespaces.":
    'traffic-manager 屬於整個叢集，所有命名空間的 agent 都會一併移除。',
  'Who has attached workloads could not be found out.': '無法得知有誰正在攔截工作負載。',
  'Nobody has attached a workload.': '沒有人在攔截工作負載。',
  'These clients have attached workloads: {0}.': '這些用戶端正在攔截工作負載：{0}。',
  'Of ingests, and of who is connected only, Telepresence tells nothing.':
    'ingest 以及只是連線著的人，Telepresence 不會告知。',
  'Sessions of this environment on your engine: {0}.': '這個環境在你的 Docker 引擎上的連線：{0}。',
  'There is no traffic-manager in namespace {0}, so there is nothing to take out.':
    '命名空間 {0} 裡沒有 traffic-manager，所以沒有東西要移除。',
  'Take out the traffic-manager of namespace {0}, and all agents':
    '移除命名空間 {0} 的 traffic-manager 與所有 agent',
  '{0} Take it out?': '{0}要移除嗎？',
  'Helm has not taken the traffic-manager out.': 'Helm 沒有移除 traffic-manager。',
  'Look why with: kubectl --namespace {0} get events,jobs,pods':
    '請查看原因：kubectl --namespace {0} get events,jobs,pods',
  'The traffic-manager may still be there, without some of the agents.':
    'traffic-manager 可能還在，但部分 agent 已經移除。',
  'The session, which another project keeps, is paused and gives "{0}" not back.':
    '另一個專案也在使用的連線已暫停，無法歸還「{0}」的請求。',
  'Let it go on with: docker unpause {0}': '請讓它繼續：docker unpause {0}',
}
