import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assets } from '../../devnet/assets'
import type { Call } from '../../devnet/chain/types'
import { loadArtifacts } from '../../devnet/compile/loadArtifacts'
import type { AaveMarket } from '../../devnet/deploy/types'
import { approve } from '../../devnet/operations/approve'
import { borrow } from '../../devnet/operations/borrow'
import { listReserve } from '../../devnet/operations/listReserve'
import { mintTokens } from '../../devnet/operations/mintTokens'
import { reserveOf } from '../../devnet/operations/reserveOf'
import { supply } from '../../devnet/operations/supply'
import { deriveActor } from '../../devnet/seed/actors'
import { startDevnet } from '../../devnet/startDevnet'
import type { Devnet } from '../../devnet/types'
import { checkAaveV3 } from '../src/protocols/checkAaveV3'
import { startIndexer } from '../src/support/startIndexer'
import { startTestDatabase } from '../src/support/startTestDatabase'

const ether = 10n ** 18n
const schema = 'idx_alpha_listed_live'
/** Ponder takes blocks for final once they are 30 deep, and moves its final block when twice as many have come. */
const blocksUntilFinal = 60
const holder = deriveActor(1, 'holder').address
const debtor = deriveActor(1, 'debtor').address

/**
 * Ponder 0.16.10 forgets the addresses a factory found live unless the factory belongs to one event only. After a restart beyond
 * their finality it then skips the logs of such a reserve's tokens without a word.
 */
describe('a reserve that is listed while the indexer runs live', () => {
  let devnet: Devnet
  let database: Awaited<ReturnType<typeof startTestDatabase>>
  let indexer: Awaited<ReturnType<typeof startIndexer>>

  beforeAll(async () => {
    const started = startDevnet({ chains: 1, content: 'market', log: () => {} })
    ;[devnet, database] = await Promise.all([started, startTestDatabase()])
    indexer = await startIndexer(devnet.config, 'alpha', database.url, schema)
    await indexer.indexed(await devnet.chain('alpha').client.getBlockNumber())
  })
  afterAll(async () => {
    await indexer?.stop()
    await Promise.all([devnet?.stop(), database?.stop()])
  })

  async function mine(calls: readonly Call[]): Promise<bigint> {
    const chain = devnet.chain('alpha')
    for (const call of calls) await chain.send(call)
    return (await chain.mine()).number
  }

  const supplies = (market: AaveMarket, account: Address, asset: string, amount: bigint) => {
    const token = reserveOf(market, asset).underlying
    return [
      mintTokens(token, account, amount),
      approve(token, account, market.pool.address),
      supply(market, { account, asset, amount }),
    ]
  }

  async function expectFactsToEqualViews(block: bigint) {
    await indexer.indexed(block)
    const { client, contracts } = devnet.chain('alpha')
    const aave = contracts.aave!
    const accounts = [holder, debtor].map((account) => account.toLowerCase() as Address)
    const { differences } = await checkAaveV3(
      {
        client: client as never,
        multicall3: contracts.multicall3.address,
        database: indexer,
        pool: aave.pool.address.toLowerCase() as Address,
        oracle: aave.oracle.address,
        version: '3.6',
        accounts,
      },
      block,
    )
    expect(differences).toEqual([])
  }

  it('is indexed exactly after a restart beyond its finality', { timeout: 600_000 }, async () => {
    const chain = devnet.chain('alpha')
    const artifacts = await loadArtifacts(() => {})
    const contracts = { ...chain.contracts, aave: chain.contracts.aave! }
    const { market } = await listReserve(chain, artifacts, devnet.owner.address, contracts, {
      ...{ symbol: 'LATE', decimals: 18, price: 5_00000000n, parameters: assets.WETH.reserve },
    })
    const used = await mine(supplies(market, holder, 'LATE', 1_000n * ether))
    await expectFactsToEqualViews(used)
    let head = used
    for (let block = 0; block < blocksUntilFinal; block++) head = await mine([])
    await indexer.indexed(head)

    const { description } = indexer
    await indexer.stop()
    indexer = await startIndexer(devnet.config, 'alpha', database.url, schema, description)
    await mine(supplies(market, holder, 'LATE', 7n * ether))
    await mine(supplies(market, debtor, 'WETH', 10n * ether))
    await expectFactsToEqualViews(
      await mine([borrow(market, { account: debtor, asset: 'LATE', amount: 100n * ether })]),
    )
  })
})
