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
import { qualify } from './qualify'

export interface ChainQuestion {
  readonly schema: string
  readonly chainId: number
  /** Facts as they stood at the end of this block. */
  readonly blockNumber: string
  readonly accounts: readonly string[]
  /** Feeds wanted whether or not a position leads to them. */
  readonly feeds: readonly string[]
}

/** How deep vaults inside vaults are followed. */
const maxDepth = 8

/** Loads what one chain said about the accounts at one block: their positions and every fact those lead to. */
export async function loadChainFacts(snapshot: Snapshot, question: ChainQuestion): Promise<ChainFacts> {
  const read = historyReader(snapshot, question)
  const held = await read.ofAccounts<PositionFact>(position, question.accounts)
  const positions = held.filter(({ raw }) => raw !== '0')
  const lendingAccounts = await read.ofAccounts<LendingAccountFact>(lendingAccount, question.accounts)

  const { vaults, vaultStates } = await loadVaults(read, marketsOf(positions, 'erc4626'))
  const marketKeys = marketsToLoad(positions, lendingAccounts)
  const markets = await read.ofKeys<MarketFact>(market, marketKeys)
  const marketStates = await read.ofKeys<MarketStateFact>(marketState, marketKeys)
  const marketParameters = await read.ofKeys<MarketParametersFact>(marketParametersTable, marketKeys)

  const tokens = await loadTokens(snapshot, question, [
    ...markets.map(({ token }) => token),
    ...marketsOf(positions, 'wallet'),
    ...vaults.flatMap(({ vault, asset }) => [vault, asset]),
  ])
  const feedIds = unique([
    ...question.feeds,
    ...markets.filter(({ kind }) => kind !== 'pool').map(({ oracle }) => oracle),
    ...marketParameters.map(({ priceSource }) => priceSource),
  ])
  const feedKeys = feedIds.map((id) => [id])
  const feeds = await read.ofKeys<FeedFact>(feed, feedKeys)
  const prices = await read.ofKeys<PriceFact>(price, feedKeys)
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
  }
}

/** A fact table, its key after the chain, and the columns an answer rests on. */
interface FactTable {
  readonly name: string
  readonly key: readonly string[]
  readonly columns: readonly string[]
}

const position: FactTable = {
  name: 'position',
  key: ['account', 'protocol', 'market', 'side'],
  columns: ['raw', 'rate', 'accrued_at'],
}
const lendingAccount: FactTable = {
  name: 'lending_account',
  key: ['account', 'protocol', 'unit'],
  columns: ['collateral_bitmap', 'emode'],
}
const market: FactTable = {
  name: 'market',
  key: ['protocol', 'market'],
  columns: [
    'kind',
    'unit',
    'token',
    'receipt',
    'debt_token',
    'stable_debt_token',
    'oracle',
    'market_index',
    'receipt_revision',
    'debt_revision',
    'label',
    'receipt_rounding',
    'debt_rounding',
    'revision',
    'base_unit',
  ],
}
const marketState: FactTable = {
  name: 'market_state',
  key: ['protocol', 'market'],
  columns: [
    'supply_index',
    'borrow_index',
    'supply_rate',
    'borrow_rate',
    'total_supply',
    'total_borrow',
    'liquidity',
    'accrued_at',
  ],
}
const marketParametersTable: FactTable = {
  name: 'market_parameters',
  key: ['protocol', 'market'],
  columns: [
    'max_ltv',
    'liquidation_threshold',
    'liquidation_incentive',
    'supply_cap',
    'borrow_cap',
    'flags',
    'emode',
    'decimals',
    'collateral_bitmap',
    'borrowable_bitmap',
    'ltv_zero_bitmap',
    'price_source',
  ],
}
const vault: FactTable = { name: 'vault', key: ['vault'], columns: ['asset', 'offset', 'shape', 'curator'] }
const vaultState: FactTable = {
  name: 'vault_state',
  key: ['vault'],
  columns: ['total_assets', 'total_supply', 'status'],
}
const feed: FactTable = { name: 'feed', key: ['feed'], columns: ['base', 'quote', 'decimals', 'heartbeat'] }
const price: FactTable = { name: 'price', key: ['feed'], columns: ['round', 'answer', 'updated_at', 'status'] }

interface HistoryReader {
  /** Every key of the accounts, from the current table. */
  ofAccounts<T>(table: FactTable, accounts: readonly string[]): Promise<readonly T[]>
  /** Known keys. */
  ofKeys<T>(table: FactTable, keys: readonly Key[]): Promise<readonly T[]>
}

/** The values of a table's key columns, in their order. */
type Key = readonly string[]

/**
 * Reads the last history row at or before the block for each key, through the primary key of the history table, so that the cost
 * does not grow with the length of history.
 */
function historyReader(snapshot: Snapshot, { schema, chainId, blockNumber }: ChainQuestion): HistoryReader {
  const lastRows = <T>({ name, key, columns }: FactTable, keys: string, values: readonly unknown[]) => {
    const same = key.map((part) => `h."${part}" = k."${part}"`).join(' AND ')
    return snapshot.rows<T>(
      `SELECT ${key.map((part) => `k."${part}"`).join(', ')}, v.*
       FROM (${keys}) k
       CROSS JOIN LATERAL (
         SELECT ${columns.map((part) => `h."${part}"`).join(', ')}, h.block_number
         FROM ${qualify(schema, `${name}_history`)} h
         WHERE h.chain_id = $1 AND ${same} AND h.block_number <= $2
         ORDER BY h.block_number DESC LIMIT 1
       ) v
       ORDER BY ${key.map((part) => `k."${part}" COLLATE "C"`).join(', ')}`,
      [chainId, blockNumber, ...values],
    )
  }
  return {
    async ofAccounts(table, accounts) {
      const current = `SELECT ${table.key.map((part) => `"${part}"`).join(', ')} FROM ${qualify(schema, table.name)} WHERE chain_id = $1 AND account = ANY($3)`
      return lastRows(table, current, [accounts])
    },
    async ofKeys(table, keys) {
      if (keys.length === 0) return []
      const arrays = table.key.map((_, index) => `$${index + 3}::text[]`).join(', ')
      const names = table.key.map((part) => `"${part}"`).join(', ')
      return lastRows(
        table,
        `SELECT * FROM unnest(${arrays}) AS key (${names})`,
        table.key.map((_, index) => keys.map((key) => key[index])),
      )
    },
  }
}

/** The vaults whose shares are held, and the vaults their assets are shares of, level by level. */
async function loadVaults(
  read: HistoryReader,
  held: readonly string[],
): Promise<{ vaults: readonly VaultFact[]; vaultStates: readonly VaultStateFact[] }> {
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
  vaults.sort((a, b) => (a.vault < b.vault ? -1 : 1))
  const vaultStates = await read.ofKeys<VaultStateFact>(
    vaultState,
    vaults.map((row) => [row.vault]),
  )
  return { vaults, vaultStates }
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

function marketsOf(positions: readonly PositionFact[], protocol: string): readonly string[] {
  return unique(positions.filter((row) => row.protocol === protocol).map((row) => row.market))
}

function unique(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))].sort()
}
