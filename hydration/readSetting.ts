import type { Address } from 'viem'
import { checkpointBlock } from '../src/api/read/checkpointBlock'
import type { Database } from '../src/api/read/database'
import type { OpeningFact } from '../src/api/read/facts'
import { loadMarkets, type MarketFacts } from '../src/api/read/loadMarkets'
import { loadOpenings } from '../src/api/read/loadOpenings'
import { qualify } from '../src/api/read/qualify'
import type { FinalBlock } from './finalBlock'

/** What is older than the index of a chain. */
export interface HydrationSetting {
  readonly schema: string
  readonly chainId: number
  /** Contracts older than the index in which accounts can be asked about. */
  readonly openings: readonly OpeningFact[]
  /** Null where the chain has none, so that every view is a question of its own. */
  readonly multicall3: Address | null
}

/** Nothing can be hydrated yet; the message says what is missing. */
export class NotYetError extends Error {
  override readonly name = 'NotYetError'
}

/**
 * What the schema that serves a chain says of its beginning; null where nothing is older than the index, so that there is nothing to read.
 * @throws NotYetError while nothing of the chain is served.
 */
export function readSetting(
  database: Database,
  { chain, chainId }: { readonly chain: string; readonly chainId: number },
): Promise<HydrationSetting | null> {
  return database.snapshot(async (snapshot) => {
    const [live] = await snapshot.rows<{ schema: string; multicall3: Address | null }>(
      `SELECT schema, resolved->>'multicall3' AS multicall3 FROM offchain.deployment WHERE chain = $1 AND state = 'live'`,
      [chain],
    )
    if (live === undefined) throw new NotYetError(`nothing of ${chain} is indexed yet`)
    const openings = await loadOpenings(snapshot, { schema: live.schema, chainId })
    // A protocol with something behind a colon stands for what nobody can be asked about.
    const askable = openings.filter(({ protocol }) => !protocol.includes(':'))
    return askable.length === 0 ? null : { ...live, chainId, openings: askable }
  })
}

/** How far the chain is indexed. @throws NotYetError before the first block. */
export function readTip(database: Database, { schema, chainId }: HydrationSetting): Promise<FinalBlock> {
  return database.snapshot(async (snapshot) => {
    const [tip] = await snapshot.rows<{ number: string; hash: FinalBlock['hash'] }>(
      `SELECT number, hash FROM ${qualify(schema, 'block')} WHERE chain_id = $1 AND number <= ${checkpointBlock(schema)}
       ORDER BY number DESC LIMIT 1`,
      [chainId],
    )
    if (tip === undefined) throw new NotYetError('no block is indexed yet')
    return { number: BigInt(tip.number), hash: tip.hash }
  })
}

/**
 * What there is to be read at a block: what was listed by then, because later contracts do not answer there and nobody had anything in them; and of protocols whose terms were first
 * read later, what is known by the tip.
 */
export function readMarkets(
  database: Database,
  { schema, chainId }: HydrationSetting,
  block: FinalBlock,
  tip: FinalBlock,
): Promise<MarketFacts> {
  return database.snapshot(async (snapshot) => {
    const at = ({ number }: FinalBlock) => loadMarkets(snapshot, { schema, chainId, blockNumber: String(number) })
    const [then, now] = await Promise.all([at(block), at(tip)])
    const unitOf = ({ protocol, unit }: MarketFacts['markets'][number]) => `${protocol} ${unit}`
    const units = new Set(then.markets.map(unitOf))
    return { ...now, markets: [...then.markets, ...now.markets.filter((market) => !units.has(unitOf(market)))] }
  })
}
