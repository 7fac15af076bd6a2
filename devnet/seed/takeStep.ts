import type { Address } from 'viem'
import { amountOf } from '../amountOf'
import { type AssetSymbol, assets, etherCategory } from '../assets'
import type { Call, LocalChain } from '../chain/types'
import type { AaveMarket, ByAsset, ChainContracts } from '../deploy/types'
import { accountData } from '../operations/accountData'
import { approve } from '../operations/approve'
import { borrow } from '../operations/borrow'
import { depositToVault } from '../operations/depositToVault'
import { mintTokens } from '../operations/mintTokens'
import { repay } from '../operations/repay'
import { setCollateral } from '../operations/setCollateral'
import { setEMode } from '../operations/setEMode'
import { supply } from '../operations/supply'
import { withdraw } from '../operations/withdraw'
import type { Step } from './shapes'
import { takeMorphoStep } from './takeMorphoStep'

export interface SeedingChain {
  readonly chain: LocalChain
  readonly contracts: ChainContracts
  readonly market: AaveMarket
}

/** The transactions of one step, sized at the given prices (dollars with 8 decimals). */
export async function takeStep(
  { chain, contracts, market }: SeedingChain,
  account: Address,
  step: Step,
  prices: ByAsset<bigint>,
): Promise<readonly Call[]> {
  const token = (asset: AssetSymbol) => contracts.tokens[asset]
  const units = (asset: AssetSymbol, usd: number) => amountOf(asset, usd, prices[asset])
  const fund = (asset: AssetSymbol, amount: bigint, spender: Address) => [
    mintTokens(token(asset), account, amount),
    approve(token(asset), account, spender),
  ]
  switch (step.kind) {
    case 'hold':
      return [mintTokens(token(step.asset), account, units(step.asset, step.usd))]
    case 'supply':
    case 'supplyExactly': {
      const amount = step.kind === 'supply' ? units(step.asset, step.usd) : step.amount
      const calls = [
        ...fund(step.asset, amount, market.pool.address),
        supply(market, { account, asset: step.asset, amount }),
      ]
      const off = step.kind === 'supply' && step.asCollateral === false
      return off ? [...calls, setCollateral(market, account, step.asset, false)] : calls
    }
    case 'emode':
      return [setEMode(market, account, etherCategory.id)]
    case 'borrow':
      return [borrow(market, { account, asset: step.asset, amount: units(step.asset, step.usd) })]
    case 'repayAll': {
      // More than was borrowed, because interest is owed too; Aave takes what is owed.
      const amount = units(step.asset, 1_000_000)
      return [...fund(step.asset, amount, market.pool.address), repay(market, { account, asset: step.asset })]
    }
    case 'withdrawAll':
      return [withdraw(market, { account, asset: step.asset })]
    case 'deposit': {
      const vault = contracts.vaults.usdcVault!
      const amount = units(vault.asset, step.usd)
      return [...fund(vault.asset, amount, vault.address), depositToVault(vault, account, amount)]
    }
    case 'morpho':
    case 'morphoBorrowTo':
      return contracts.morpho === null
        ? []
        : takeMorphoStep({ chain, contracts, market }, contracts.morpho, account, step, prices)
    case 'borrowTo': {
      const data = await accountData(chain, market, account)
      const limit = (data.totalCollateralBase * data.currentLiquidationThreshold) / 10_000n
      const debt = (limit * 1_000_000n) / BigInt(Math.round(step.healthFactor * 1_000_000))
      const more = debt - data.totalDebtBase
      if (more <= 0n) return []
      const amount = (more * 10n ** BigInt(assets[step.asset].decimals)) / prices[step.asset]
      return [borrow(market, { account, asset: step.asset, amount })]
    }
  }
}
