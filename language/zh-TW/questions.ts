import type { Catalogue } from '../t.ts'

export const questions: Catalogue = {
  Yes: '是',
  No: '否',
  'None of these can be chosen.': '這些項目都不能選。',
  'Filter:': '篩選：',
  'Nothing matches.': '沒有符合的項目。',
  '↑/↓ moves, typing filters, Enter chooses, Ctrl-C leaves.':
    '↑/↓ 移動，輸入文字可篩選，Enter 選取，Ctrl-C 離開。',
  '{0}, perhaps held by another session': '{0}，可能由其他連線使用中',
  '{0}, {1} by {2}': '{0}，{1}：{2}',
  'Project "{0}" of this session has port {1}.': '這個連線的專案「{0}」已使用連接埠 {1}。',
  'You have named port {0} already.': '您已經指定過連接埠 {0}。',
  'The running session proxies {0}, and not {1}. Connect it anew? Its attachments fail for a moment and come back by themselves.':
    '執行中的連線所 Proxy 的是 {0}，而不是 {1}。要重新連線嗎？它的攔截會中斷片刻，之後自動恢復。',
}
