import type { Snapshot } from './database'
import type {
  ChainFacts,
  FeedFact,
  LendingAccountFact,
  MarketFact,
  MarketParametersFact,
  MarketStateFact,
  PositionFact,
  PriceFact,
  TokenFact,
  VaultFact,
  VaultStateFact,
} from './facts'
import {
  feed,
  type HistoryQuestion,
  type HistoryReader,
  historyReader,
  type Key,
  lendingAccount,
  market,
  marketParameters as marketParametersTable,
  marketState,
  position,
  price,
  vault,
  vaultState,
} from './history'
import type { PoolReader } from './poolCache'
import { qualify } from './qualify'

export interface ChainQuestion extends HistoryQuestion {
  readonly blockHash: string
  readonly accounts: readonly string[]
  /** Feeds wanted whether or not a position leads to them. */
  readonly feeds: readonly string[]
  /** Vaults wanted whether or not anybody holds them. */
  readonly vaults: readonly string[]
  /** Unix seconds at which the window begins over which pools' prices are averaged. */
  readonly poolWindowStart: number
}

/** Whose receipts a vault with a market wraps. */
const wrappedProtocol = 'aave-v3'

/** How deep vaults inside vaults are followed. */
const maxDepth = 8

/** Loads what one chain said about the accounts at one block: their positions and every fact those lead to. */
export async function loadChainFacts(
  snapshot: Snapshot,
  question: ChainQuestion,
  readPools: PoolReader,
): Promise<ChainFacts> {
  const read = historyReader(snapshot, question)
  const [held, lendingAccounts, pools] = await Promise.all([
    read.ofAccounts<PositionFact>(position, question.accounts),
    read.ofAccounts<LendingAccountFact>(lendingAccount, question.accounts),
    readPools(snapshot, question, question.poolWindowStart),
  ])
  const positions = held.filter(({ raw }) => raw !== '0')
  const vaults = await loadVaults(read, unique([...marketsOf(positions, 'erc4626'), ...question.vaults]))
  const marketKeys = marketsToLoad(positions, lendingAccounts, vaults)
  const [markets, marketStates, marketParameters, vaultStates] = await Promise.all([
    read.ofKeys<MarketFact>(market, marketKeys),
    read.ofKeys<MarketStateFact>(marketState, marketKeys),
    read.ofKeys<MarketParametersFact>(marketParametersTable, marketKeys),
    read.ofKeys<VaultStateFact>(
      vaultState,
      vaults.map((row) => [row.vault]),
    ),
  ])
  const feedKeys = unique([
    ...question.feeds,
    ...markets.filter(({ kind }) => kind !== 'pool').map(({ oracle }) => oracle),
    ...marketParameters.map(({ priceSource }) => priceSource),
  ]).map((id) => [id])
  const [tokens, feeds, prices] = await Promise.all([
    loadTokens(snapshot, question, [
      ...markets.flatMap(({ token, collateralToken }) => [token, collateralToken]),
      ...marketsOf(positions, 'wallet'),
      ...vaults.flatMap(({ vault, asset }) => [vault, asset]),
      ...pools.pools.flatMap(({ token0, token1 }) => [token0, token1]),
    ]),
    read.ofKeys<FeedFact>(feed, feedKeys),
    read.ofKeys<PriceFact>(price, feedKeys),
  ])
  return {
    tokens,
    markets,
    marketStates,
    marketParameters,
    positions,
    lendingAccounts,
    vaults,
    vaultStates,
    feeds,
    prices,
    ...pools,
  }
}

/** The vaults whose shares are held, and the vaults their assets are shares of, level by level. */
async function loadVaults(read: HistoryReader, held: readonly string[]): Promise<readonly VaultFact[]> {
  const vaults: VaultFact[] = []
  let next = held
  for (let depth = 0; depth < maxDepth && next.length > 0; depth++) {
    const found = await read.ofKeys<VaultFact>(
      vault,
      next.map((address) => [address]),
    )
    vaults.push(...found)
    const known = new Set(vaults.map((row) => row.vault))
    next = unique(found.map(({ asset }) => asset)).filter((asset) => !known.has(asset))
  }
  return vaults.sort((a, b) => (a.vault < b.vault ? -1 : 1))
}

/** Tokens do not change, so they have no history. */
async function loadTokens(
  snapshot: Snapshot,
  { schema, chainId }: ChainQuestion,
  addresses: readonly (string | null)[],
): Promise<readonly TokenFact[]> {
  const wanted = unique(addresses)
  if (wanted.length === 0) return []
  return snapshot.rows<TokenFact>(
    `SELECT address, symbol, decimals, block_number FROM ${qualify(schema, 'token')}
     WHERE chain_id = $1 AND address = ANY($2) ORDER BY address COLLATE "C"`,
    [chainId, wanted],
  )
}

/** Markets with a position, the pools, the e-mode categories in use, and the markets that vaults wrap. */
function marketsToLoad(
  positions: readonly PositionFact[],
  lendingAccounts: readonly LendingAccountFact[],
  vaults: readonly VaultFact[],
): readonly Key[] {
  const keys = [
    ...positions.map((row) => [row.protocol, row.market]),
    ...lendingAccounts.map((row) => [row.protocol, row.unit]),
    ...vaults.filter(({ market }) => market !== null).map((row) => [wrappedProtocol, row.market!]),
    ...lendingAccounts
      .filter(({ emode }) => emode !== 0)
      .map((row) => [row.protocol, `${row.unit}:emode:${row.emode}`]),
  ]
  return [...new Map(keys.map((key) => [key.join(' '), key])).values()]
}

function marketsOf(positions: readonly PositionFact[], protocol: string): readonly string[] {
  return unique(positions.filter((row) => row.protocol === protocol).map((row) => row.market))
}

function unique(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))].sort()
}
