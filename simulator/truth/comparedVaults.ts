import type { ChainContracts, Vault } from '../../devnet/deploy/types'

/** Vaults whose shares are worth at any instant what follows from events: those that take and give at once, and those over receipts or with requests. */
export function comparedVaults({
  vaults,
  moreVaults,
}: Pick<ChainContracts, 'vaults' | 'moreVaults'>): Readonly<Record<string, Vault>> {
  return moreVaults === null ? vaults : { ...vaults, receipts: moreVaults.receipts, async: moreVaults.async }
}
