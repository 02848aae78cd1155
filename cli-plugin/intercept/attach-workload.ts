import { attach } from '../../session/commands/telepresence.ts'
import { awaitArrival } from './await-arrival.ts'
import type { Call } from './call.ts'

/** Says so in the lease first: the keeper ends the attachment also where this call dies before it is answered. */
export async function attachWorkload(call: Call): Promise<void> {
  const { order, names, edges, progress } = call
  speakForDevContainer(call)
  const { environment } = await edges.docker(attach(names.session, order.wish.attachment))
  progress.reported = environment
  progress.arrival = awaitArrival(call)
}

export function speakForDevContainer({ order, names, progress }: Call): void {
  const { devContainer, session } = names
  progress.lease?.add({
    ...{ type: 'dev', devContainer, sessionContainer: session },
    workload: order.wish.attachment.workload,
  })
}
