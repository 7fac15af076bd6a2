import type { Address } from 'viem'
import { readContract } from '../chain/readContract'
import type { BlockChoice, LocalChain } from '../chain/types'
import type { AaveMarket } from '../deploy/types'

/** What the pool says of an account: dollars with 8 decimals, ratios in basis points, the health factor with 18. */
export interface AccountData {
  readonly totalCollateralBase: bigint
  readonly totalDebtBase: bigint
  readonly availableBorrowsBase: bigint
  readonly currentLiquidationThreshold: bigint
  readonly ltv: bigint
  readonly healthFactor: bigint
}

/** Reads `Pool.getUserAccountData`. */
export async function accountData(
  chain: Pick<LocalChain, 'client'>,
  market: AaveMarket,
  account: Address,
  block?: BlockChoice,
): Promise<AccountData> {
  const [totalCollateralBase, totalDebtBase, availableBorrowsBase, currentLiquidationThreshold, ltv, healthFactor] =
    await readContract<readonly [bigint, bigint, bigint, bigint, bigint, bigint]>(
      chain,
      market.pool,
      'getUserAccountData',
      [account],
      block,
    )
  return { totalCollateralBase, totalDebtBase, availableBorrowsBase, currentLiquidationThreshold, ltv, healthFactor }
}
