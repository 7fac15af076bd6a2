import { heldPlainly, shareProtocols } from '../../protocols/names'
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
  VaultStateFact,
} from './facts'
import {
  feed,
  type HistoryQuestion,
  historyReader,
  type Key,
  market,
  marketParameters as marketParametersTable,
  marketState,
  price,
  vaultState,
} from './history'
import { loadHoldings } from './loadHoldings'
import { loadVaultHoldings } from './loadVaultHoldings'
import { loadVaults } from './loadVaults'
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

/** Loads what one chain said about the accounts at one block: their positions and every fact those lead to. */
export async function loadChainFacts(
  snapshot: Snapshot,
  question: ChainQuestion,
  readPools: PoolReader,
): Promise<ChainFacts> {
  const read = historyReader(snapshot, question)
  const [{ positions, lendingAccounts, ...unknown }, pools] = await Promise.all([
    loadHoldings(snapshot, question, question.accounts),
    readPools(snapshot, question, question.poolWindowStart),
  ])
  const shares = shareProtocols.flatMap((protocol) => marketsOf(positions, protocol))
  const [wrappers, ownMarkets] = await Promise.all([
    loadVaults(read, unique([...shares, ...question.vaults])),
    read.ofKeys<MarketFact>(market, marketsToLoad(positions, lendingAccounts)),
  ])
  // What is pledged or lent may itself be a share of a vault.
  const lent = ownMarkets.flatMap(({ token, collateralToken }) => [token, collateralToken])
  const known = await loadVaults(read, unique(lent), wrappers)
  const { marketKeys: lentIn, vaults, ...holdings } = await loadVaultHoldings(read, known)
  const own = new Set(ownMarkets.map(keyOfMarket))
  const behind = lentIn.filter((key) => !own.has(key.join(' ')))
  const marketKeys = [...marketsToLoad(positions, lendingAccounts), ...behind]
  const [marketsBehind, marketStates, marketParameters, vaultStates] = await Promise.all([
    read.ofKeys<MarketFact>(market, behind),
    read.ofKeys<MarketStateFact>(marketState, marketKeys),
    read.ofKeys<MarketParametersFact>(marketParametersTable, marketKeys),
    read.ofKeys<VaultStateFact>(
      vaultState,
      vaults.map((row) => [row.vault]),
    ),
  ])
  const markets = [...ownMarkets, ...marketsBehind].sort((a, b) => (keyOfMarket(a) < keyOfMarket(b) ? -1 : 1))
  const feedKeys = unique([
    ...question.feeds,
    ...markets.filter(({ kind }) => kind !== 'pool').map(({ oracle }) => oracle),
    ...marketParameters.map(({ priceSource }) => priceSource),
  ]).map((id) => [id])
  const [tokens, feeds, prices] = await Promise.all([
    loadTokens(snapshot, question, [
      ...markets.flatMap(({ token, collateralToken }) => [token, collateralToken]),
      ...marketsOf(positions, heldPlainly),
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
    ...holdings,
    feeds,
    prices,
    ...pools,
    ...unknown,
  }
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

/** Markets with a position, the pools, and the e-mode categories in use. */
function marketsToLoad(
  positions: readonly PositionFact[],
  lendingAccounts: readonly LendingAccountFact[],
): readonly Key[] {
  const keys = [
    ...positions.map((row) => [row.protocol, row.market]),
    ...lendingAccounts.map((row) => [row.protocol, row.unit]),
    ...lendingAccounts
      .filter(({ emode }) => emode !== 0)
      .map((row) => [row.protocol, `${row.unit}:emode:${row.emode}`]),
  ]
  return [...new Map(keys.map((key) => [key.join(' '), key])).values()]
}

function keyOfMarket({ protocol, market }: Pick<MarketFact, 'protocol' | 'market'>): string {
  return `${protocol} ${market}`
}

function marketsOf(positions: readonly PositionFact[], protocol: string): readonly string[] {
  return unique(positions.filter((row) => row.protocol === protocol).map((row) => row.market))
}

function unique(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))].sort()
}
