import { startMarket } from '../../devnet/market/startMarket'
import type { Devnet } from '../../devnet/types'

export interface KeptMarket {
  /** Does something to the chains while nobody else does. */
  meanwhile<T>(work: () => Promise<T>): Promise<T>
  stop(): Promise<void>
}

/** A market that can be held up; each time it goes on it draws anew. */
export async function keepMarket(
  devnet: Devnet,
  blockSeconds: number,
  log: (line: string) => void,
): Promise<KeptMarket> {
  let turn = 0
  const start = () => startMarket(devnet, { seed: 1_000 * devnet.seed + turn++, blockSeconds, log })
  let market = await start()
  return {
    async meanwhile(work) {
      await market.stop()
      try {
        return await work()
      } finally {
        market = await start()
      }
    },
    stop: () => market.stop(),
  }
}
