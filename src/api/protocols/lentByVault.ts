import { least } from '../../math/least'
import type { ChainFacts } from '../facts'
import { accruedTotals, type MorphoTotals, supplyAssets } from './morphoAccrual'

const protocol = 'morpho-blue'

/** What a vault has lent, in the loan token, and how much of that its markets can pay back now. */
export interface Lent {
  readonly assets: bigint
  readonly payable: bigint
}

/** A vault's loans in the markets of its queue, accrued to `time` as Morpho would; `null` while one of them cannot be followed. */
export function lentByVault(facts: ChainFacts, vault: string, queue: readonly string[], time: bigint): Lent | null {
  let assets = 0n
  let payable = 0n
  for (const name of queue) {
    const lent = lentInMarket(facts, name, sharesOfVault(facts, vault, protocol, name), time)
    if (lent === null) return null
    assets += lent.assets
    payable += lent.payable
  }
  return { assets, payable }
}

/** Supply shares of one market, accrued to `time`; `null` while it cannot be followed. */
export function lentInMarket(facts: ChainFacts, name: string, shares: bigint, time: bigint): Lent | null {
  const totals = totalsOf(facts, name, time)
  if (totals === null) return null
  const assets = supplyAssets(shares, totals)
  return { assets, payable: least(assets, totals.supplyAssets - totals.borrowAssets) }
}

/** What a vault, or an adapter of one, has supplied to a market or another vault; in shares. */
export function sharesOfVault(facts: ChainFacts, account: string, of: string, name: string): bigint {
  const held = facts.vaultPositions?.find(
    (row) => row.protocol === of && row.market === name && row.account === account && row.side === 'supply',
  )
  return BigInt(held?.raw ?? '0')
}

function totalsOf(facts: ChainFacts, name: string, time: bigint): MorphoTotals | null {
  const own = <T extends { readonly protocol: string; readonly market: string }>(rows: readonly T[]) =>
    rows.find((row) => row.protocol === protocol && row.market === name)
  const market = own(facts.markets)
  const state = own(facts.marketStates)
  const parameters = own(facts.marketParameters)
  if (market === undefined || state === undefined || parameters === undefined) return null
  return accruedTotals({ market, state, parameters }, time)
}
