import { heldPlainly } from '../../../protocols/names'
import type { ChainFacts } from '../../facts'

/**
 * Contracts that hold for others: pools, receipts, debt tokens, vaults and their adapters, and exchange pools. What such an address has belongs to those who hold
 * its shares or receipts, and is counted with them; counted with the contract too, a dollar would be there twice. Who provides an exchange
 * pool's liquidity is not indexed: it is in nobody's row.
 */
export function custodians({
  markets,
  vaults,
  pools,
  vaultParameters = [],
}: Pick<ChainFacts, 'markets' | 'vaults' | 'pools' | 'vaultParameters'>): ReadonlySet<string> {
  const ofMarkets = markets
    // A token that is simply held is a market of its own, with itself as the unit; nobody has a claim on what was sent to it.
    .filter(({ protocol }) => protocol !== heldPlainly)
    .flatMap(({ unit, receipt, debtToken, stableDebtToken }) => [unit, receipt, debtToken, stableDebtToken])
  return new Set([
    ...ofMarkets.filter((address) => address !== null),
    ...vaults.map(({ vault }) => vault),
    ...vaultParameters.flatMap(({ adapters }) => adapters?.map(({ address }) => address) ?? []),
    ...pools.map(({ pool }) => pool),
  ])
}
