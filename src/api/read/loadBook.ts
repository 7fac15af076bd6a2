import type { Snapshot } from './database'
import type { ChainFacts, LendingAccountFact, PositionFact, VaultStateFact } from './facts'
import {
  type HistoryQuestion,
  type HistoryReader,
  historyReader,
  type Key,
  lendingAccount,
  position,
  vaultState,
} from './history'
import { loadBaselines } from './loadBaselines'
import { withBaselines } from './loadHoldings'
import { loadMarkets } from './loadMarkets'
import { loadOpenings } from './loadOpenings'
import { loadPools } from './loadPools'
import { qualify } from './qualify'

/** What some accounts have, all of it. */
export interface BookPage {
  readonly positions: readonly PositionFact[]
  readonly lendingAccounts: readonly LendingAccountFact[]
}

/** One chain with everybody on it. */
export interface ChainBook {
  /** Markets, vaults and prices; without positions. */
  readonly facts: ChainFacts
  /** Pools whose depth is known. */
  readonly pools: readonly string[]
  /** Every account there is, some at a time, so that the book never has to fit into memory. */
  pages(): AsyncGenerator<BookPage>
  /** The same for a few accounts. */
  ofAccounts(accounts: readonly string[]): Promise<BookPage>
}

export interface BookQuestion extends HistoryQuestion {
  /** Unix seconds at which the window begins over which pools' prices are averaged. */
  readonly poolWindowStart: number
}

/** Rows of positions read at once: a few hundred accounts, some hundredths of a second of work between two reads. */
const defaultRowsPerPage = 2_000
const unmovedPerPage = 500

/** Opens one chain's book at one block. Everything is read inside the snapshot given, so it must be used before that ends. */
export async function loadBook(
  snapshot: Snapshot,
  { poolWindowStart, ...question }: BookQuestion,
  rowsPerPage = defaultRowsPerPage,
): Promise<ChainBook> {
  const read = historyReader(snapshot, question)
  const [markets, vaultStates, pools, openings] = await Promise.all([
    loadMarkets(snapshot, question),
    read.all<VaultStateFact>(vaultState),
    loadPools(snapshot, question, poolWindowStart),
    loadOpenings(snapshot, question),
  ])
  const withTerms = async (positions: readonly PositionFact[], accounts: readonly string[]): Promise<BookPage> => {
    const [lendingAccounts, baselines] = await Promise.all([
      read.ofAccounts<LendingAccountFact>(lendingAccount, accounts),
      loadBaselines(snapshot, question, openings, accounts),
    ])
    return withBaselines({ positions, lendingAccounts }, baselines)
  }
  const older = openings.length === 0 ? {} : { openings }
  return {
    facts: { ...markets, vaultStates, ...pools, ...older, positions: [], lendingAccounts: [] },
    pools: pools.poolStates.map(({ pool }) => pool),
    async *pages() {
      for await (const positions of wholeAccounts(read, rowsPerPage))
        yield await withTerms(positions, accountsOf(positions))
      if (openings.length === 0) return
      for await (const accounts of unmovedAccounts(snapshot, question)) yield await withTerms([], accounts)
    },
    ofAccounts: async (accounts) => withTerms(await read.ofAccounts<PositionFact>(position, accounts), accounts),
  }
}

/** Hydrated accounts without any row of their own by then, some at a time. */
async function* unmovedAccounts(
  snapshot: Snapshot,
  { schema, chainId, blockNumber }: HistoryQuestion,
): AsyncGenerator<readonly string[]> {
  let last = ''
  for (;;) {
    const rows = await snapshot.rows<{ account: string }>(
      `SELECT DISTINCT l.account FROM offchain.baseline l
       WHERE l.chain_id = $1 AND l.account > $2
         AND NOT EXISTS (
           SELECT FROM ${qualify(schema, 'position_history')} p
           WHERE p.chain_id = $1 AND p.account = l.account AND p.block_number <= $4
         )
       ORDER BY l.account LIMIT $3`,
      [chainId, last, unmovedPerPage, blockNumber],
    )
    if (rows.length === 0) return
    yield rows.map(({ account }) => account)
    last = rows.at(-1)!.account
  }
}

/** Pages of positions which never part an account from some of its own. */
async function* wholeAccounts(read: HistoryReader, rowsPerPage: number): AsyncGenerator<readonly PositionFact[]> {
  let after: Key | null = null
  let open: readonly PositionFact[] = []
  for (;;) {
    const page: Awaited<ReturnType<typeof read.pageAfter<PositionFact>>> = await read.pageAfter<PositionFact>(
      position,
      after,
      rowsPerPage,
    )
    const rows: PositionFact[] = [...open, ...page.filter((row) => row.blockNumber !== null)]
    const last = page.at(-1)
    if (last === undefined || page.length < rowsPerPage) {
      if (rows.length > 0) yield rows
      return
    }
    after = [last.account!, last.protocol!, last.market!, last.side!]
    open = rows.filter(({ account }) => account === last.account)
    const closed = rows.filter(({ account }) => account !== last.account)
    if (closed.length > 0) yield closed
  }
}

function accountsOf(positions: readonly PositionFact[]): readonly string[] {
  return [...new Set(positions.map(({ account }) => account))]
}
