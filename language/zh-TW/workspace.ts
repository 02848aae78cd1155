import type { Catalogue } from '../t.ts'

export const workspace: Catalogue = {
  'environments/{0}/k8s.env: ENV_TYPE is none of {1}; k8s is assumed':
    'environments/{0}/k8s.env：ENV_TYPE 不是 {1} 其中之一；當作 k8s',
  'it is empty': '它是空的',
  it: '它',
  '{0} is not YAML: {1}': '{0} 不是 YAML：{1}',
  '{0} of {1} is missing or not as it should be': '{1} 的 {0} 缺少或不正確',
  '{0} is not a kubeconfig': '{0} 不是 kubeconfig',
  'it has no current context': '它沒有設定目前的 context',
  'it has no {0} "{1}"': '它沒有 {0}「{1}」',
  'its user has an auth-provider, which Kubernetes 1.26 took out; log in anew with a credential program':
    '它的 user 使用 auth-provider，Kubernetes 1.26 已經移除；請改用憑證程式重新登入',
  'it names the file {0}, which is not there': '它指定的檔案 {0} 不存在',
  '{0} is "{1}", and not source:target or source:target:ro':
    '{0} 是「{1}」，不是 source:target 或 source:target:ro',
  '{0} names {1}, which is not there': '{0} 指定的 {1} 不存在',
  '{0} is not supported; ~ is': '不支援 {0}；支援 ~',
  '{0} is not supported; $NAME, ${NAME}, ${NAME:-text} and ${NAME:+text} are':
    '不支援 {0}；支援 $NAME、${NAME}、${NAME:-text} 與 ${NAME:+text}',
  'the {0} here is never closed': '這裡的 {0} 沒有結尾',
  'a command would be run here': '這裡會執行指令',
  'only assignments are read, and {0} is none; a value with blanks in it needs quotes':
    '只讀取賦值，而 {0} 不是；值裡有空白時要加引號',
  'only assignments are read, and {0} is none': '只讀取賦值，而 {0} 不是',
}
