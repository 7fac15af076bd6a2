import { least } from '../../math/least'
import type { ChainFacts } from '../facts'
import { accruedTotals, supplyAssets } from './morphoAccrual'

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
    const own = <T extends { readonly protocol: string; readonly market: string }>(rows: readonly T[]) =>
      rows.find((row) => row.protocol === protocol && row.market === name)
    const market = own(facts.markets)
    const state = own(facts.marketStates)
    const parameters = own(facts.marketParameters)
    if (market === undefined || state === undefined || parameters === undefined) return null
    const totals = accruedTotals({ market, state, parameters }, time)
    if (totals === null) return null
    const held = facts.vaultPositions?.find(
      (row) => row.protocol === protocol && row.market === name && row.account === vault && row.side === 'supply',
    )
    const lent = supplyAssets(BigInt(held?.raw ?? '0'), totals)
    assets += lent
    payable += least(lent, totals.supplyAssets - totals.borrowAssets)
  }
  return { assets, payable }
}
