import type { Catalogue } from '../t.ts'

export const doctor: Catalogue = {
  'Wrote {0}. Read it before you hand it on.': '已寫入 {0}。交給別人之前請先看過。',
  Workspace: '工作區',
  'Environment "{0}" of {1}.': '{1} 的環境「{0}」。',
  '{0} answers, and knows you.': '{0} 有回應，也認得你。',
  'Run scripts/install, which compiles it and runs setup.': '請執行 scripts/install，它會編譯並執行 setup。',
  Plugin: '外掛',
  'This is not the compiled program, which alone can be installed.':
    '這不是編譯過的程式，只有編譯過的才能安裝。',
  '"docker kdetp" is {0}.': '「docker kdetp」是 {0}。',
  'There is no plugin of kde-tp at {0}.': '{0} 沒有 kde-tp 的外掛。',
  'Run: kde-tp setup': '請執行：kde-tp setup',
  Spelling: '寫法',
  '"docker kde-tp" works, by {0}/docker.': '「docker kde-tp」可用，由 {0}/docker 提供。',
  'Type "docker kdetp", or run: kde-tp setup': '請打「docker kdetp」，或執行：kde-tp setup',
  'The spelling "docker kde-tp" is not set up here.': '這裡沒有設定「docker kde-tp」這種寫法。',
  Installation: '安裝',
  Cluster: '叢集',
  Leftovers: '遺留物',
  'Docker Compose {0}.': 'Docker Compose {0}。',
  'Runtime image': 'runtime 映像檔',
  '{0} is here.': '{0} 在這裡。',
  'Mend that, and run doctor again.': '請先修正，再執行一次 doctor。',
  'Let an administrator install it, or run a mode with --install-traffic-manager.':
    '請管理者安裝，或執行任一模式時加上 --install-traffic-manager。',
  'There is none in namespace "{0}".': '命名空間「{0}」裡沒有。',
  'You may not read it in namespace "{0}", so its version and settings are not known.':
    '你沒有權限讀取命名空間「{0}」裡的 traffic-manager，所以不知道版本與設定。',
  'Ask for the right to get deployments there, if you want to know.':
    '想知道的話，請申請在那裡讀取 deployments 的權限。',
  '{0} in namespace "{1}".': '{0}，在命名空間「{1}」。',
  Agents: 'Agent',
  'Node agents are enabled: no pod is started anew.': '已啟用 node agent：不會重新啟動任何 Pod。',
  'Node agents are not enabled: the first attachment of a workload starts its pods anew.':
    '未啟用 node agent：工作負載第一次攔截時會重新啟動 Pod。',
  '24h, its default': '24h（預設值）',
  "It gives a workload back when its client has been silent for {0}, or Telepresence's own client idle.":
    '用戶端沒有回應達 {0}（Telepresence 自己的用戶端則是閒置）之後，它就會歸還工作負載。',
  'It waits {0} for a client that is silent: a computer that loses its power keeps its workloads so long.':
    '用戶端沒有回應時，它會等待 {0}：電腦斷電時，工作負載會被佔用這麼久。',
  'Ask the administrator for: telepresence helm upgrade --reuse-values --set grpc.connectionTTL=60s':
    '請管理者執行：telepresence helm upgrade --reuse-values --set grpc.connectionTTL=60s',
  'to connect': '用來連線',
  'to offer namespaces': '用來提供命名空間的選項',
  'to find workloads': '用來尋找工作負載',
  'to offer and check ports': '用來提供並檢查連接埠',
  'to say when requests arrive': '用來得知請求何時送到',
  'to talk to agents directly': '用來直接與 agent 溝通',
  'to tell which variables are declared': '用來得知宣告了哪些變數',
  Right: '權限',
  'You may not {0}: {1}.': '你沒有 {0} 的權限：{1}。',
  'Ask the administrator of the cluster for it.': '請向叢集的管理者申請。',
  Addresses: '位址',
  'No network of this engine overlaps the cluster’s.': '這個 Engine 的網路沒有與叢集重疊。',
  'Docker\'s network "{0}" ({1}) overlaps {2} of the cluster.':
    'Docker 的網路「{0}」（{1}）與叢集的 {2} 重疊。',
  'In a session the cluster wins; move that network where its containers are to be reached too.':
    '連線裡以叢集為準；如果也要連到那個網路的容器，請把它移到別的位址。',
  'Docker {0} on {1}.': 'Docker {0}，在 {1} 上。',
  "It is rootless: uid 0 of a dev container is you, and this computer's loopback is out of its reach.":
    '這是 rootless：開發容器的 uid 0 就是你，而且它連不到這台電腦的 loopback。',
  'The engine runs Windows containers, and these are for Linux.':
    '這個 Engine 執行的是 Windows 容器，但這裡需要 Linux 容器。',
  'Switch Docker to Linux containers.': '請把 Docker 切換到 Linux 容器。',
  'The engine remaps users, so containers may not use its socket, /dev/net/tun and your files.':
    '這個 Engine 會重新對應使用者，容器因此不能使用它的 socket、/dev/net/tun 和你的檔案。',
  'Start the engine without userns-remap, or use another one.':
    '請不要以 userns-remap 啟動 Engine，或改用別的 Engine。',
  "Docker Desktop's Enhanced Container Isolation keeps the engine's socket from the keeper.":
    'Docker Desktop 的 Enhanced Container Isolation 不讓 keeper 使用 Engine 的 socket。',
  'Ask the administrator of Docker Desktop to allow the socket for the image of kde-tp, or to switch the isolation off.':
    '請 Docker Desktop 的管理者允許 kde-tp 的映像檔使用 socket，或關閉這項隔離。',
  'It labels containers by SELinux. Those of kde-tp run without a label, which has not been tried.':
    '它以 SELinux 標記容器。kde-tp 的容器不帶標記執行，這還沒有試過。',
  "If a container is refused its files all the same, tell us what the computer's audit log says.":
    '如果容器還是無法存取檔案，請告訴我們這台電腦的 audit log 寫了什麼。',
  'It is Docker Desktop, for which there is code of its own here that has not been tried.':
    '這是 Docker Desktop，這裡有專屬的程式碼，但還沒有試過。',
  'If something fails there and not on Linux, tell us what.': '如果在那裡失敗而在 Linux 上不會，請告訴我們。',
  'Nothing of ours lies about on this engine.': '這個 Engine 上沒有我們的遺留物。',
  'The container {0} is there, and does not run: Docker calls it "{1}".':
    '容器 {0} 還在，但沒有執行：Docker 的狀態是「{1}」。',
  'Remove it: docker rm -f {0}': '請移除它：docker rm -f {0}',
  'Containers run in {0}, and no keeper that would clean up.': '{0} 有容器在執行，卻沒有會清理的 keeper。',
  'Run any mode there: it brings the keeper back.': '請在那裡執行任一模式：它會讓 keeper 回來。',
  'environment "{0}" of {1}': '{1} 的環境「{0}」',
}
