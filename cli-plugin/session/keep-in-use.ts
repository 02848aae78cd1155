import type { Keeping } from './keep-attachments.ts'

const EVERY = 10_000

/**
 * Shows Telepresence's daemon again and again that its session is in use, which it passes on to the traffic-manager: one
 * that nobody uses for as long as `grpc.connectionTTL` is ended there, with all that it has attached. Any question to
 * the daemon counts; this one says too whether the manager answers. docs/decisions/0024.
 */
export async function keepInUse(
  { sleep, abort, manager }: Pick<Keeping, 'sleep' | 'abort' | 'manager'>,
  hear: (hasAnswered: boolean) => void,
): Promise<void> {
  while (!abort.aborted) {
    const hasAnswered = await manager.ask()
    if (hasAnswered !== undefined && !abort.aborted) hear(hasAnswered)
    await sleep(EVERY, abort)
  }
}
