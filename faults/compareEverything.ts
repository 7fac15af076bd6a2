import { seededRandom } from '../devnet/random'
import type { CheckResult } from '../simulator/check/checkBlock'
import { checkBlock } from '../simulator/check/checkBlock'
import { awaitIndexed } from '../simulator/product/awaitIndexed'
import { readTruth } from '../simulator/truth/readTruth'
import type { Drift, SimulatedContracts } from '../simulator/types'
import type { Stage } from './types'

/** Past blocks that are compared beside the newest, drawn from all since the run began. */
const pastBlocks = 3

/** Every account and every market of every chain, at its newest block and at some before it: history has to stand, too. */
export async function compareEverything({ devnet, market, product, beganAt }: Stage): Promise<CheckResult> {
  return market.meanwhile(async () => {
    let checks = 0
    const drifts: Drift[] = []
    for (const chain of devnet.chains) {
      const random = seededRandom(devnet.seed, `past ${chain.name}`)
      const contracts = chain.contracts as SimulatedContracts
      const accounts = devnet.accounts.map(({ address }) => address)
      const truthAt = async (blockNumber?: bigint) => {
        const { number, hash, timestamp } = await chain.client.getBlock(
          blockNumber === undefined ? {} : { blockNumber },
        )
        return readTruth(chain, contracts, accounts, { number, hash, timestamp: Number(timestamp) })
      }
      const newest = await truthAt()
      await awaitIndexed(product.url, chain.name, { number: newest.blockNumber, hash: newest.blockHash })
      const past = Array.from({ length: pastBlocks }, () =>
        BigInt(random.integer(Number(beganAt.get(chain.name)!), Number(newest.blockNumber))),
      )
      for (const truth of [newest, ...(await Promise.all(past.map(truthAt)))]) {
        const result = await checkBlock(product.url, truth, newest, contracts)
        checks += result.checks
        drifts.push(...result.drifts)
      }
    }
    return { checks, drifts }
  })
}
