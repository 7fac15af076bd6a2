import type { ChainContracts, MorphoBlue } from '../../devnet/deploy/types'
import type { View } from './readMany'
import type { VaultV2Truth } from './types'

/** What to ask for the books of a Vault V2 and of its adapters, and what the answers say. */
export function vaultV2Truth(
  { moreVaults, tokens }: ChainContracts,
  { core, markets }: MorphoBlue,
): { readonly views: readonly View[]; readonly read: (answers: readonly unknown[]) => VaultV2Truth } {
  const { adapters, exact } = moreVaults!
  const { vaultV2, metaMorpho } = exact
  const inVault = { adapter: adapters.shares.address, of: metaMorpho.address }
  const inMarkets = [
    { adapter: adapters.books.address, of: markets.wethUsdc.id },
    { adapter: adapters.positions.address, of: markets.wbtcUsdc.id },
    { adapter: adapters.positions.address, of: markets.idleUsdc.id },
  ]
  const views = [
    { contract: vaultV2, functionName: '_totalAssets' },
    { contract: vaultV2, functionName: 'lastUpdate' },
    { contract: tokens.USDC, functionName: 'balanceOf', args: [vaultV2.address] },
    { contract: metaMorpho, functionName: 'balanceOf', args: [inVault.adapter] },
    ...inMarkets.map(({ adapter, of }) => ({ contract: core, functionName: 'position', args: [of, adapter] })),
  ]
  return {
    views,
    read(answers) {
      const [lastTotalAssets, accruedAt, idle, shares] = answers as readonly [bigint, bigint, bigint, bigint]
      const positions = answers.slice(4) as readonly (readonly [bigint, bigint, bigint])[]
      return {
        ...{ address: vaultV2.address, lastTotalAssets, accruedAt, idle },
        held: [{ ...inVault, shares }, ...inMarkets.map((one, index) => ({ ...one, shares: positions[index]![0] }))],
      }
    },
  }
}
