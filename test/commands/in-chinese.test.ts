import { expect, test } from 'vitest'
import { speak } from '../../language/t.ts'
import { zhTW } from '../../language/zh-TW.ts'
import type { Reply } from '../fakes/prompts.ts'

// Before what holds texts is loaded.
speak(zhTW)
const { beforeAnyChange, carryingOut, interceptIn } = await import('../fakes/intercept-in-fake-world.ts')

test('networks are asked for in the very words of KDE-cli’s documentation (S-39)', async () => {
  const question = '請輸入要 Proxy 的內網網段(CIDR)，如果沒有請直接按 Enter:'
  const replies: readonly Reply[] = [[question, '10.0.0.0/8']]
  const files = { '/w/environments/demo/.env': '' }
  const words = ['myapp', 'api', '--project', 'shop', '--port', '8080:http', '--detach']
  const outcome = await interceptIn(
    { answers: [...beforeAnyChange(), ...carryingOut], files, replies },
    ...words,
  )
  expect(outcome.exitCode).toBe(0)
})
