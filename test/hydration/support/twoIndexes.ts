import type pg from 'pg'
import type { Address } from 'viem'
import { migrateOffchain } from '../../../cli/database/migrateOffchain'
import { openPool } from '../../../cli/database/openPool'
import { makeLive, saveDeployment } from '../../../cli/supervisor/deployments'
import { parseConfig } from '../../../config/load'
import type { Config } from '../../../config/schema'
import { seededRandom } from '../../../devnet/random'
import type { DevnetChain } from '../../../devnet/types'
import { allActions } from '../../../simulator/actions/allActions'
import { settle } from '../../../simulator/beginAtTip'
import { setUp } from '../../../simulator/setUp'
import type { SimulatedContracts } from '../../../simulator/types'
import { ChainWalk } from '../../../simulator/walk/ChainWalk'
import { referenceOf } from '../../../src/api/context'
import type { Facts } from '../../../src/api/facts'
import { type Database, openDatabase } from '../../../src/api/read/database'
import { loadChainFacts } from '../../../src/api/read/loadChainFacts'
import { loadPools } from '../../../src/api/read/loadPools'
import { readAccounts } from '../../../src/api/valuation/readAccounts'
import { type RunningIndexer, startIndexer } from '../../src/support/startIndexer'
import { startTestDatabase } from '../../src/support/startTestDatabase'

export interface TwoIndexes {
  readonly chain: DevnetChain
  readonly config: Config
  readonly accounts: readonly Address[]
  readonly walk: ChainWalk
  /** The first block of the index that begins at the tip. */
  readonly startBlock: number
  readonly databaseUrl: string
  readonly database: Database
  readonly pool: pg.Pool
  readonly full: RunningIndexer
  readonly tip: RunningIndexer
  /** What an index says at a block of some accounts, by default of all. */
  read(index: RunningIndexer, block: bigint, accounts?: readonly Address[]): Promise<ReturnType<typeof readAccounts>>
  stop(): Promise<void>
}

/** A local chain that has seen something, one index of it from the beginning, and one from where it stands: that of the tip is what serves. */
export async function startTwoIndexes(options: {
  readonly seed: number
  readonly operations: number
  /** Kinds of operations, by name; by default all. */
  readonly actions?: readonly string[]
}): Promise<TwoIndexes> {
  const undo: (() => Promise<unknown>)[] = []
  const stop = async () => {
    while (undo.length > 0) await undo.pop()?.()
  }
  try {
    const [setting, { url, stop: stopDatabase }] = await Promise.all([
      setUp(options.seed, 1, false, () => {}),
      startTestDatabase(),
    ])
    undo.push(() => setting.devnet.stop(), stopDatabase)
    const chain = setting.devnet.chains[0]!
    const preparation = setting.preparations.get(chain.name)!
    await settle(setting.devnet)
    const startBlock = Number((await chain.client.getBlock({ blockTag: 'finalized' })).number)
    const config = parseConfig(setting.config, 'test')
    const from = (start: number) => ({
      ...setting.config,
      chains: { [chain.name]: { ...setting.config.chains![chain.name]!, startBlock: start } },
    })
    const pool = openPool(url, 'test', 4)
    undo.push(() => pool.end())
    await migrateOffchain(url)
    const [full, tip] = await Promise.all([
      startIndexer(from(0), chain.name, url, 'idx_alpha_full'),
      startIndexer(from(startBlock), chain.name, url, 'idx_alpha_tip'),
    ])
    undo.push(() => Promise.all([full.stop(), tip.stop()]))
    const deployment = { chain: chain.name, schema: tip.schema, resolved: tip.description.resolved }
    await saveDeployment(pool, { ...deployment, source: 'test', identity: 'test' })
    await makeLive(pool, chain.name, tip.schema)
    const database = openDatabase(url)
    undo.push(() => database.close())
    const everything = allActions(preparation)
    const { actions = everything.map(({ name }) => name), operations } = options
    const walk = await ChainWalk.begin({
      chain,
      contracts: chain.contracts as SimulatedContracts,
      actors: setting.actors,
      // Whatever else counts stays listed, and proposes nothing.
      actions: everything.map((action) =>
        action.comesFirst || actions.includes(action.name) ? action : { ...action, eagerness: 0, propose: () => null },
      ),
      quotas: new Map(actions.map((name) => [name, Math.floor((2 * operations) / (3 * actions.length))])),
      operations,
      watched: preparation.watched,
      random: seededRandom(options.seed, 'two indexes'),
      endTimestamp: setting.endTimestamp,
    })
    const accounts = [...setting.actors, ...preparation.watched].map((account) => account.toLowerCase() as Address)
    const reference = referenceOf(config)
    const read: TwoIndexes['read'] = async ({ schema }, block, asked = accounts) => {
      const { hash, timestamp } = await chain.client.getBlock({ blockNumber: block })
      const question = {
        ...{ schema, chainId: chain.chainId, blockNumber: String(block), blockHash: hash },
        ...{ accounts: asked, feeds: reference.feeds.map(({ feed }) => feed), vaults: [] },
        poolWindowStart: Number(timestamp),
      }
      const facts = await database.snapshot((snapshot) => loadChainFacts(snapshot, question, loadPools))
      const all: Facts = { reference, chains: { [chain.name]: facts } }
      return readAccounts(all, asked, Number(timestamp))
    }
    return { chain, config, accounts, walk, startBlock, databaseUrl: url, database, pool, full, tip, read, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
