import type { Catalogue } from '../t.ts'

export const commands: Catalogue = {
  'Starts the pods of each workload that has a sidecar anew, without it.':
    '重新啟動每個有 sidecar 的工作負載的 Pod，並移除 sidecar。',
  'What somebody holds, from here or from elsewhere, keeps its agent and is named.':
    '有人正在使用的，不論是從這裡或別處，會保留 agent 並列出名稱。',
  'An ingest goes on, but for mounted volumes.': 'ingest 會繼續，但掛載的 volume 除外。',
  "The traffic-manager stays, which is the whole cluster's. With --traffic-manager it goes, and all agents with it; whom that ends is said first, and in a terminal you are asked.":
    'traffic-manager 屬於整個叢集，會留著。加上 --traffic-manager 則連同所有 agent 一併移除；會先說明影響到誰，在終端機上還會詢問。',
  'Also take out the traffic-manager, for the whole cluster': '連同整個叢集的 traffic-manager 一併移除',
  'Print the version': '顯示版本',
  'End everything of this workspace: attachments, sessions, dev containers, copied variables':
    '結束這個工作區的一切：攔截、連線、開發容器、複製下來的變數',
  'Clears all environments, or the one that --environment names, and gives the cluster its requests back.':
    '清除所有環境，或 --environment 指定的那一個，並把請求還給叢集。',
  'Commands in other terminals end. Logs stay.': '其他終端機的指令會結束。記錄會留著。',
  'What you have started yourself is cleared without a question, as KDE-cli does it; what others have started here, and with --all in other workspaces, only after a yes.':
    '你自己啟動的，不會再問就清除，與 KDE-cli 相同；別人在這裡啟動的，以及加上 --all 時其他工作區的，回答「是」才會清除。',
  'Only this environment (default: all)': '只清除這個環境（預設為全部）',
  'Also clear all other workspaces on this engine': '也清除這個 Engine 上的其他工作區',
  'Answer yes to every question': '所有問題都回答「是」',
  'There is no environment "{0}" to clear.': '沒有環境「{0}」可以清除。',
  'Without --environment all of them are cleared.': '沒有 --environment 時會清除全部。',
  'This ends what belongs to: {0}.': '這會結束屬於這些人的東西：{0}。',
  'Give a workload its requests back, and remove its dev container': '把請求還給工作負載，並移除它的開發容器',
  'Ends the attachment from whichever terminal, also one that was left running, and returns when it has ended.':
    '不論是哪個終端機開的，也包括留在背景執行的，都會結束攔截；返回時就已經結束。',
  'Other projects of the session go on. What a colleague has attached on this engine is ended only after a yes.':
    '連線裡的其他專案會繼續。同事在這個 Engine 上攔截的，回答「是」才會結束。',
  'What is not given is asked for where there is a terminal. Where nothing is attached there is nothing to do.':
    '沒有指定的項目，有終端機時會詢問。沒有攔截時，什麼都不必做。',
  'Nothing is attached here, so there is nothing to detach.': '這裡沒有攔截，所以不需要 detach。',
  '{0} has attached "{1}" for project "{2}".': '{0} 為專案「{2}」攔截了「{1}」。',
  'Look at all that an attachment needs, and say what is missing': '檢查攔截所需的一切，說明缺少什麼',
  'Looks at engine, plugin, workspace, API server, traffic-manager, your rights and what lies about, and changes nothing.':
    '檢查 Engine、外掛、工作區、API server、traffic-manager、你的權限與遺留物，不做任何變更。',
  'Ends with 1 where something has failed.': '有任何一項失敗時以 1 結束。',
  'Also write all that helps others to help, without secrets': '另外寫下有助於別人協助你的資訊，不含機密',
  "Print a pod's variables, as its dev container gets them": '輸出 Pod 的變數，與開發容器得到的相同',
  'Prints what was copied when the workload was last attached, for docker run --env-file (dotenv), to source (sh), as JSON, or as a Compose file to merge with another (compose).':
    '輸出上次攔截工作負載時複製下來的變數，可供 docker run --env-file（dotenv）、source（sh）、JSON，或與其他檔案合併的 Compose 檔（compose）使用。',
  'Values are hidden unless --reveal is given.': '沒有 --reveal 時會隱藏值。',
  'What a format cannot carry byte for byte, as a line break in dotenv, is left out and named.':
    '格式無法一個位元組不差地表達的，例如 dotenv 裡的換行，會略過並列出名稱。',
  'Format of the variables (default "dotenv")': '變數的格式（預設「dotenv」）',
  'Show the values': '顯示值',
  'Left out, as {0} cannot carry it: {1}.': '已略過，因為 {0} 無法表達：{1}。',
  'The values are hidden; --reveal shows them.': '值已隱藏；--reveal 會顯示。',
  'No variables have been copied here.': '這裡還沒有複製過變數。',
  'Namespace:': '命名空間：',
  'Workload:': '工作負載：',
  'The namespace is missing: one of {0}.': '缺少命名空間：請指定 {0} 其中之一。',
  'The workload is missing: one of {0}.': '缺少工作負載：請指定 {0} 其中之一。',
  'Attach the workload, which copies them; "clear" has removed them since, or nobody has attached it.':
    '請先攔截工作負載，那時會複製；可能是之後被「clear」移除，或還沒有人攔截過。',
  'The variables of "{0}" in {1} are not here.': '這裡沒有 {1} 的「{0}」的變數。',
  'Open another shell in a running dev container, or run a command there':
    '在執行中的開發容器裡再開一個 shell，或執行一個指令',
  'Ends with the exit code of the shell or COMMAND.': '以 shell 或 COMMAND 的結束代碼結束。',
  'The dev container stays for as long as it is open, also where the command that started it ends first.':
    '只要它還開著，開發容器就會留著，即使當初啟動它的指令先結束。',
  'What is not given is asked for where there is a terminal.': '沒有指定的項目，有終端機時會詢問。',
  '--format json has no terminal to give: it needs -- COMMAND.':
    '--format json 無法提供終端機：需要 -- COMMAND。',
  'No dev container is running here.': '這裡沒有執行中的開發容器。',
  'Start one with: docker kde-tp intercept': '請啟動一個：docker kde-tp intercept',
  "Open your project's dev container with a workload's environment, and take none of its requests":
    '以工作負載的環境開啟專案的開發容器，不接收它的任何請求',
  "The requests for WORKLOAD stay with the cluster. You get its variables and its place in the cluster's network.":
    'WORKLOAD 的請求留在叢集。你得到它的變數，以及它在叢集網路裡的位置。',
  'For reaching databases and internal services, also in production.':
    '適合使用資料庫與內部服務，正式環境也可以。',
  "Lead a workload's requests into your project's dev container, and open it":
    '把工作負載的請求引到專案的開發容器，並進入容器',
  'Requests for WORKLOAD arrive at LOCAL; its pods go on running.':
    'WORKLOAD 的請求會送到 LOCAL；它的 Pod 繼續執行。',
  'With --header or a path only those requests come here that match, and all others stay with the cluster.':
    '加上 --header 或路徑時，只有符合的請求會到這裡，其餘都留在叢集。',
  'For everyday development, also in a team.': '適合日常開發，也適合團隊。',
  'List the workloads of a namespace, and who holds them': '列出命名空間的工作負載，以及誰在使用',
  'Shows each Deployment, StatefulSet and ReplicaSet, whether it is ready, who holds it, and its Traffic Agent.':
    '顯示每個 Deployment、StatefulSet 與 ReplicaSet 是否就緒、誰在使用，以及它的 Traffic Agent。',
  'Works with and without a session. A "?" is what cannot be known.': '有沒有連線都能用。「?」表示無從得知。',
  'Show what session, dev containers and keeper have logged': '顯示連線、開發容器與 keeper 的記錄',
  'Shows the logs of the environment in the order of their times, or those of one namespace or workload.':
    '依時間順序顯示環境的記錄，或只顯示一個命名空間或工作負載的記錄。',
  "Where no container is there any more, it shows the files under the environment's .telepresence/logs.":
    '容器已經不在時，會顯示環境的 .telepresence/logs 底下的檔案。',
  'Repairs are shown from these files also where the container that told of them is gone.':
    '說過修復的容器即使已經不在，也會從這些檔案顯示修復。',
  'Show what happens to sessions, dev containers and keepers, as it happens':
    '即時顯示連線、開發容器與 keeper 發生的事',
  'Shows what happens in all environments of all workspaces on this engine, until Ctrl-C: what starts and ends, what is brought back, and why.':
    '顯示這個 Engine 上所有工作區的所有環境裡發生的事，直到 Ctrl-C：什麼啟動、什麼結束、什麼被恢復，以及原因。',
  'A TIME is how long ago (as 10m or 1h30m), RFC 3339, or seconds since 1970.':
    'TIME 是多久以前（例如 10m 或 1h30m）、RFC 3339，或自 1970 年起的秒數。',
  'Only what happens in environments of this name': '只顯示這個名稱的環境裡發生的事',
  'Show first what has happened since then': '先顯示從那時起已經發生的事',
  'End then': '到那時結束',
  '--{0} is a time, as 10m, 2026-01-31T12:00:00Z or 1769860800, and not "{1}".':
    '--{0} 必須是時間，例如 10m、2026-01-31T12:00:00Z 或 1769860800，不能是「{1}」。',
  'Go on with what is logged from now on': '持續顯示之後的記錄',
  'Nothing has been logged here.': '這裡還沒有任何記錄。',
  "Stop a workload's container and take its place with your project's dev container":
    '停止工作負載的容器，由專案的開發容器取代',
  "WORKLOAD's container is stopped as long as you are here, and its requests arrive at LOCAL; then it runs again.":
    '你在這裡的期間，WORKLOAD 的容器會停止，請求送到 LOCAL；離開後它會再次執行。',
  'For tests in which the old version must not do anything beside yours. In production only with care.':
    '適合舊版本不能同時動作的測試。正式環境請小心使用。',
  'Make "docker kde-tp" work on this computer, or undo it': '讓這台電腦可以使用「docker kde-tp」，或復原',
  'Installs docker\'s plugin "kdetp", the program "kde-tp", and a small script named docker ahead of docker on PATH, which makes "docker kdetp" of "docker kde-tp" and passes everything else on as it is.':
    '安裝 Docker 的外掛「kdetp」、程式「kde-tp」，以及一個名為 docker 的小 script。這個 script 在 PATH 上排在 docker 前面，把「docker kde-tp」變成「docker kdetp」，其他呼叫都原封不動交給 docker。',
  'Root installs for everybody, others for themselves.': 'root 為所有人安裝，其他人只為自己安裝。',
  'Remove all that setup made': '移除 setup 建立的一切',
  'Print the plan and change nothing': '印出計畫，不做任何變更',
  'Setup does not know Windows.': 'setup 不支援 Windows。',
  'Copy this program to %USERPROFILE%\\.docker\\cli-plugins\\{0}.exe; then "docker kdetp" works.':
    '請把這個程式複製到 %USERPROFILE%\\.docker\\cli-plugins\\{0}.exe；之後就能用「docker kdetp」。',
  'Only the compiled program can be installed, and this one runs on Node.':
    '只能安裝編譯過的程式，而現在這個是由 Node 執行的。',
  'Run scripts/install, which compiles it.': '請執行 scripts/install，它會編譯。',
  '{0} is there, and it is no plugin of kde-tp.': '{0} 已經存在，而且不是 kde-tp 的外掛。',
  'Move that file away, then run setup again.': '請把那個檔案移走，再執行一次 setup。',
  'Could not find "docker" on PATH.': 'PATH 上找不到「docker」。',
  'Install Docker, or add its folder to PATH; then run setup again.':
    '請安裝 Docker，或把它的目錄加入 PATH；再執行一次 setup。',
  'Show all sessions, attachments and dev containers on this engine':
    '顯示這個 Engine 上所有的連線、攔截與開發容器',
  'Shows those of all environments of all workspaces, whoever started them. It needs no workspace.':
    '顯示所有工作區所有環境的，不論是誰啟動的。不需要工作區。',
  'With --plan it shows what the keeper of each environment would do now, and does nothing.':
    '加上 --plan 會顯示每個環境的 keeper 現在會做什麼，但什麼也不做。',
  'With --connections it tells of each session how many TCP connections were accepted in its network in the last second, whenever that changes, until Ctrl-C.':
    '加上 --connections 會顯示每個連線的網路在過去一秒接受了多少個 TCP 連線，數字改變時就顯示，直到按 Ctrl-C。',
  'Tell how many new connections sessions have a second': '顯示各連線每秒有多少個新的 TCP 連線',
  'Show what each keeper would do now': '顯示每個 keeper 現在會做什麼',
  'Go on showing them, until Ctrl-C': '持續顯示，直到 Ctrl-C',
  'Make an environment the current one of this workspace': '把一個環境設為這個工作區目前的環境',
  "Writes CUR_ENV=ENVIRONMENT into the workspace's current.env, as KDE-cli reads it, and nothing else.":
    '把 CUR_ENV=ENVIRONMENT 寫入工作區的 current.env，與 KDE-cli 讀取的相同；不寫其他東西。',
  'No environment is made or started.': '不會建立或啟動任何環境。',
  '{0} is the current environment of {1}.': '{0} 現在是 {1} 目前的環境。',
  'The environment is missing: one of {0}.': '缺少環境：請指定 {0} 其中之一。',
  'Environment:': '環境：',
  'Here {0} stays the current one: this directory or the variable CUR_ENV says so.':
    '這裡目前的環境仍是 {0}：由這個目錄或變數 CUR_ENV 決定。',
  "Send a copy of a workload's requests into your project's dev container, and open it":
    '把工作負載的請求複製一份到專案的開發容器，並進入容器',
  'The cluster answers as ever, and a copy of each request arrives at LOCAL; what you answer goes nowhere.':
    '叢集照常回應，每個請求的複本會送到 LOCAL；你的回應不會送到任何地方。',
  'For looking at live requests, also in production.': '適合觀察實際的請求，正式環境也可以。',
  "Take the Traffic Agents out of a namespace's workloads": '移除命名空間中各工作負載的 Traffic Agent',
  'No workload of {0} has a Traffic Agent, so there is nothing to take out.':
    '{0} 沒有任何工作負載帶 Traffic Agent，所以沒有東西要移除。',
}
