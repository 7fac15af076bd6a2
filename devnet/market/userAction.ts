import type { Address } from 'viem'
import { amountOf } from '../amountOf'
import { type AssetSymbol, assetSymbols } from '../assets'
import type { Call } from '../chain/types'
import type { ByAsset } from '../deploy/types'
import { accountData } from '../operations/accountData'
import { approve } from '../operations/approve'
import { borrow } from '../operations/borrow'
import { depositToVault } from '../operations/depositToVault'
import { mintTokens } from '../operations/mintTokens'
import { redeemFromVault } from '../operations/redeemFromVault'
import { repay } from '../operations/repay'
import { supply } from '../operations/supply'
import { tokenBalance } from '../operations/tokenBalance'
import { withdraw } from '../operations/withdraw'
import type { Random } from '../random'
import type { DevnetChain } from '../types'

const actions = ['supply', 'borrow', 'repay', 'withdraw', 'deposit', 'redeem'] as const

/** Nobody borrows or withdraws below this health factor (18 decimals), so that users do not liquidate themselves. */
const comfortableHealthFactor = 1_500_000_000_000_000_000n

/** One small thing a user might do now, as transactions; nothing when it makes no sense for that account. */
export async function userAction(
  chain: DevnetChain,
  account: Address,
  prices: ByAsset<bigint>,
  random: Random,
): Promise<readonly Call[]> {
  const { aave: market, tokens, vaults } = chain.contracts
  const vault = vaults.usdcVault
  if (market === null || vault === undefined) return []
  const action = random.pick(actions)
  const asset = random.pick(assetSymbols)
  const amount = (of: AssetSymbol) => amountOf(of, random.logBetween(50, 3_000), prices[of])
  const share = (balance: bigint) => (balance * BigInt(random.integer(1, 50))) / 1_000n
  const fund = (of: AssetSymbol, units: bigint, spender: Address) => [
    mintTokens(tokens[of], account, units),
    approve(tokens[of], account, spender),
  ]
  switch (action) {
    case 'supply': {
      const units = amount(asset)
      return [...fund(asset, units, market.pool.address), supply(market, { account, asset, amount: units })]
    }
    case 'deposit': {
      const units = amount(vault.asset)
      return [...fund(vault.asset, units, vault.address), depositToVault(vault, account, units)]
    }
    case 'redeem': {
      const shares = share(await tokenBalance(chain, vault, account))
      return shares > 0n ? [redeemFromVault(vault, account, shares)] : []
    }
    case 'repay': {
      const debtAsset = random.pick(['USDC', 'WETH'] as const)
      const units = share(await tokenBalance(chain, market.reserves[debtAsset].variableDebtToken, account))
      if (units === 0n) return []
      const pay = repay(market, { account, asset: debtAsset, amount: units })
      return [...fund(debtAsset, units, market.pool.address), pay]
    }
    case 'borrow':
    case 'withdraw': {
      const { healthFactor, availableBorrowsBase } = await accountData(chain, market, account)
      if (healthFactor < comfortableHealthFactor) return []
      if (action === 'borrow') {
        const units = amount('USDC')
        return availableBorrowsBase > 10_000_00000000n
          ? [borrow(market, { account, asset: 'USDC', amount: units })]
          : []
      }
      const units = share(await tokenBalance(chain, market.reserves[asset].aToken, account))
      return units > 0n ? [withdraw(market, { account, asset, amount: units })] : []
    }
  }
}
