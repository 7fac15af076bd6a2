import type { Views } from './facts'

/** Views that read the state at the end of another block than the event's, unless they name one themselves. */
export function viewsAt(views: Views, blockNumber: bigint): Views {
  const readContract = (read: object) => views.readContract({ blockNumber, ...read } as never)
  return { ...views, readContract: readContract as Views['readContract'] }
}
