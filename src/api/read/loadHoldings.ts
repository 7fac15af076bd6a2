import { wholeAtFirstEvent } from '../../protocols/names'
import type { Snapshot } from './database'
import type { ChainFacts, LendingAccountFact, OpeningFact, PositionFact } from './facts'
import { type HistoryQuestion, historyReader, lendingAccount, position } from './history'
import { type Baselines, loadBaselines, openingName } from './loadBaselines'
import { loadOpenings } from './loadOpenings'

/** What accounts have at one block: by rows of the index, and where nothing has changed since before it began, as it was read then. */
export async function loadHoldings(
  snapshot: Snapshot,
  question: HistoryQuestion,
  accounts: readonly string[],
): Promise<Pick<ChainFacts, 'positions' | 'lendingAccounts' | 'openings'>> {
  const read = historyReader(snapshot, question)
  const [positions, lendingAccounts, openings] = await Promise.all([
    read.ofAccounts<PositionFact>(position, accounts),
    read.ofAccounts<LendingAccountFact>(lendingAccount, accounts),
    loadOpenings(snapshot, question),
  ])
  const baselines = await loadBaselines(snapshot, question, openings, accounts)
  const unknown = openings
    .map((opening) => ({
      ...opening,
      accounts: unknownIn(opening, accounts, { positions, lendingAccounts, baselines }),
    }))
    .filter((opening) => opening.accounts.length > 0)
  return {
    ...withBaselines({ positions, lendingAccounts }, baselines),
    ...(unknown.length === 0 ? {} : { openings: unknown }),
  }
}

type Holdings = Pick<ChainFacts, 'positions' | 'lendingAccounts'>

/** Positions of nothing are left out. */
export function withBaselines({ positions, lendingAccounts }: Holdings, baselines: Omit<Baselines, 'known'>): Holdings {
  const held = positions.filter(({ raw }) => raw !== '0')
  if (baselines.positions.length + baselines.lendingAccounts.length === 0) return { positions: held, lendingAccounts }
  return {
    positions: inOrder([...held, ...baselines.positions], ({ account, protocol, market, side }) =>
      [account, protocol, market, side].join(' '),
    ),
    lendingAccounts: inOrder([...lendingAccounts, ...baselines.lendingAccounts], ({ account, protocol, unit }) =>
      [account, protocol, unit].join(' '),
    ),
  }
}

/** By key, as the database orders them. */
function inOrder<row>(rows: readonly row[], keyOf: (row: row) => string): readonly row[] {
  return rows
    .map((row) => [keyOf(row), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)
}

function unknownIn(
  opening: OpeningFact,
  accounts: readonly string[],
  { positions, lendingAccounts, baselines }: Holdings & { readonly baselines: Baselines },
): readonly string[] {
  const { protocol, contract } = opening
  const rows: readonly { readonly account: string; readonly protocol: string; readonly at: string }[] =
    wholeAtFirstEvent[protocol] === 'account'
      ? lendingAccounts.map(({ unit, ...row }) => ({ ...row, at: unit }))
      : wholeAtFirstEvent[protocol] === 'position'
        ? positions.map(({ market, ...row }) => ({ ...row, at: market }))
        : []
  const touched = new Set(
    rows.filter((row) => row.protocol === protocol && row.at === contract).map(({ account }) => account),
  )
  return accounts.filter((account) => !touched.has(account) && !baselines.known.get(account)?.has(openingName(opening)))
}
