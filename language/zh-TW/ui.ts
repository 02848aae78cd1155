import type { Catalogue } from '../t.ts'

export const ui: Catalogue = {
  'Show and do all of this in a page of your browser': '在瀏覽器的頁面裡查看並操作這一切',
  'Serves the page to this computer alone, prints its address and opens it, until Ctrl-C.':
    '只對這台電腦提供頁面，印出網址並開啟，直到 Ctrl-C。',
  'The address opens it once. Who has it may do what you may do, so give it to nobody.':
    '這個網址只能開啟一次。有它的人能做你能做的一切，請不要給任何人。',
  'What the page attaches stays when it, or this command, ends.':
    '頁面或這個指令結束後，從頁面開始的攔截仍會保留。',
  'Print the address only': '只印出網址',
  'Port to serve at (default: a free one)': '提供頁面的連接埠（預設：任何一個沒有人用的）',
  'This program was built without its page.': '這個程式建置時沒有包含頁面。',
  'Build both, with: npm run build': '請一起建置：npm run build',
  'The page is at this address, which opens it once. Ctrl-C ends it.':
    '頁面在這個網址，只能開啟一次。Ctrl-C 結束。',
  '--port "{0}" is not a number from 1 to 65535.': '--port「{0}」不是 1 到 65535 的數字。',
  'Port {0} of 127.0.0.1 is not free for the page.': '127.0.0.1 的連接埠 {0} 不能給頁面使用。',
  'Without --port a free one is taken.': '不加 --port 就會使用任何一個沒有人用的。',
  'The page has no such file.': '頁面沒有這個檔案。',
  'This is not {"words": [...]} with texts.': '這不是內容為文字的 {"words": [...]}。',
  '"{0}" is nothing that the page may run.': '頁面不能執行「{0}」。',
  'This is asked for by {0}.': '這裡只接受 {0}。',
  'This is asked for as a web socket.': '這裡只接受 web socket。',
  'The page is reached as 127.0.0.1 or localhost, and by no other name.':
    '頁面只能以 127.0.0.1 或 localhost 開啟，不能用其他名稱。',
  'No other page may ask for this.': '其他頁面不能要求這個。',
  'The address that "docker kde-tp ui" prints opens the page once. Look for the tab that it was opened in, or start the command again.':
    '「docker kde-tp ui」印出的網址只能開啟頁面一次。請找已經開啟它的分頁，或重新執行這個指令。',
  'This engine is not reached over a unix socket, so the page has no terminal.':
    '這個 Engine 不是透過 unix socket 連線，所以頁面沒有終端機。',
  'The Docker engine gives no terminal.': 'Docker Engine 沒有提供終端機。',
}
