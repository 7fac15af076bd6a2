/** Everybody's collateral at one cut, added up as it is read. */
import type { ChainFacts, Facts } from './facts'
import type { Missing } from './protocols/reading'
import type { Cut } from './read/cut'
import type { Snapshot } from './read/database'
import { type BookPage, type ChainBook, loadBook } from './read/loadBook'
import type { CutWithSchemas } from './read/loadEvidence'
import { poolWindowSeconds } from './read/poolWindow'
import { type Axis, axes, type BookLine, bookLines } from './valuation/book/bookLines'
import { custodians } from './valuation/book/custodians'
import { type Place, PlaceTally } from './valuation/book/PlaceTally'
import { type Reconciliation, reconcile, ShareSums } from './valuation/book/reconcile'
import { rememberPrices } from './valuation/book/rememberPrices'
import { byValue, type Sums, Tally } from './valuation/book/tally'
import { type TreasuryClaim, treasuryClaims } from './valuation/book/treasuryClaims'
import { uniqueMissing } from './valuation/figure'
import { createPriceBook } from './valuation/priceBook'

/** What an account has of one asset in one place. */
export interface Holding extends Pick<BookLine['keys'], 'chain' | 'protocol' | 'asset'> {
  readonly sums: Sums
}

/** One account among the largest, and what stands behind its value. */
export interface LargeAccount {
  readonly account: string
  readonly sums: Sums
  readonly behind: readonly Holding[]
}

/** USD in units of 10^−8 throughout. */
export interface Book {
  readonly cut: Cut
  /** Of every chain in the cut, without positions. */
  readonly facts: Facts
  /** By chain, the pools whose depth is known. */
  readonly pools: Readonly<Record<string, readonly string[]>>
  readonly axes: Readonly<Record<Axis, Tally>>
  readonly places: readonly Place[]
  /** The largest accounts by what they hold. */
  readonly largest: readonly LargeAccount[]
  /** What contracts hold for others: in no row, because it is counted with those others. */
  readonly custody: { readonly accounts: number; readonly sums: Sums }
  readonly treasuries: readonly TreasuryClaim[]
  readonly reconciliations: readonly Reconciliation[]
  readonly missing: readonly Missing[]
}

const largestCount = 10

/**
 * Adds up every account of every chain in the cut, page by page: what stays in memory is the sums, and one entry per account.
 * Every claim is valued as in its account's own figure, so the total is the sum of those figures.
 */
export async function computeBook(
  snapshot: Snapshot,
  { cut, schemas, quarantines: quarantined }: CutWithSchemas,
  reference: Facts['reference'],
): Promise<Book> {
  const chains = await Promise.all(
    Object.entries(cut.chains).map(async ([chain, { chainId, blockNumber }]) => {
      const poolWindowStart = cut.time - poolWindowSeconds
      const loaded = await loadBook(snapshot, { schema: schemas.get(chain)!, chainId, blockNumber, poolWindowStart })
      const quarantines = quarantined.get(chain)
      const book = quarantines === undefined ? loaded : { ...loaded, facts: { ...loaded.facts, quarantines } }
      return { chain, book, holders: custodians(book.facts), shares: new ShareSums() }
    }),
  )
  const facts: Facts = { reference, chains: Object.fromEntries(chains.map(({ chain, book }) => [chain, book.facts])) }
  const prices = rememberPrices(createPriceBook(facts, cut.time))
  const linesOf = (chain: string, base: ChainFacts, page: BookPage) =>
    bookLines(chain, { ...base, ...page }, reference, prices, cut.time)

  const tallies = Object.fromEntries(axes.map((axis) => [axis, new Tally()])) as Record<Axis, Tally>
  const custody = new Tally()
  const places = new PlaceTally()
  let missing: readonly Missing[] = cut.excluded.map(
    ({ chain, reasonCode, detail }): Missing => ({ scope: 'chain', chain, id: chain, reasonCode, detail }),
  )
  for (const { chain, book, holders, shares } of chains) {
    for await (const page of book.pages()) {
      for (const position of page.positions) shares.add(position)
      const [kept, owned] = split(page, holders)
      for (const line of linesOf(chain, book.facts, kept).lines) custody.add(line.keys.account, line)
      const { lines, missing: unread } = linesOf(chain, book.facts, owned)
      for (const line of lines) {
        for (const axis of axes) tallies[axis].add(line.keys[axis], line)
        places.add(line)
      }
      missing = uniqueMissing([...missing, ...unread])
    }
  }
  return {
    cut,
    facts,
    pools: Object.fromEntries(chains.map(({ chain, book }) => [chain, book.pools])),
    axes: tallies,
    places: places.places(),
    largest: await largest(tallies.account, chains, linesOf),
    custody: { accounts: custody.size, sums: custody.total() },
    treasuries: chains.flatMap(({ chain, book }) => treasuryClaims(chain, book.facts, reference, prices, cut.time)),
    reconciliations: chains.flatMap(({ chain, book, shares }) => reconcile(chain, book.facts, shares)),
    missing,
  }
}

interface OpenChain {
  readonly chain: string
  readonly book: ChainBook
  readonly holders: ReadonlySet<string>
}

/** Those who hold for others, and everybody else. */
function split(page: BookPage, holders: ReadonlySet<string>): readonly [BookPage, BookPage] {
  const only = (isHolder: boolean): BookPage => ({
    positions: page.positions.filter(({ account }) => holders.has(account) === isHolder),
    lendingAccounts: page.lendingAccounts.filter(({ account }) => holders.has(account) === isHolder),
  })
  return [only(true), only(false)]
}

/** The largest accounts are read again: keeping what stands behind every account would keep the whole book. */
async function largest(
  accounts: Tally,
  chains: readonly OpenChain[],
  linesOf: (chain: string, facts: ChainFacts, page: BookPage) => { readonly lines: readonly BookLine[] },
): Promise<readonly LargeAccount[]> {
  const names = [...accounts.entries()]
    .sort(byValue)
    .slice(0, largestCount)
    .map(([account]) => account!)
  const pages = await Promise.all(chains.map(({ book }) => book.ofAccounts(names)))
  const lines = chains.flatMap(
    ({ chain, book, holders }, index) => linesOf(chain, book.facts, split(pages[index]!, holders)[1]).lines,
  )
  return names.map((account) => ({
    account,
    sums: accounts.get(account),
    behind: holdings(lines.filter(({ keys }) => keys.account === account)),
  }))
}

/** Lines by chain, protocol and asset, the largest first. */
function holdings(lines: readonly BookLine[]): readonly Holding[] {
  const tally = new Tally()
  for (const line of lines) tally.add(JSON.stringify([line.keys.chain, line.keys.protocol, line.keys.asset]), line)
  return [...tally.entries()].sort(byValue).map(([key, sums]) => {
    const [chain, protocol, asset] = JSON.parse(key!) as [string, string, string | null]
    return { chain, protocol, asset, sums }
  })
}
