import type { Address } from 'viem'
import { aaveV3PoolAbi } from '../../abis/aave-v3/pool'
import type { ChainFacts } from '../../src/api/facts'
import type { Expectation } from '../types'

const protocol = 'aave-v3'

interface Category {
  readonly ltv: number
  readonly liquidationThreshold: number
  readonly liquidationBonus: number
}

/** E-mode categories by their ratios and, of pools that keep them, the reserves they cover. */
export function aaveV3Categories({ marketParameters }: Pick<ChainFacts, 'marketParameters'>): Expectation[] {
  return marketParameters.flatMap((row): Expectation[] => {
    const [pool, kind, id] = row.market.split(':')
    if (row.protocol !== protocol || kind !== 'emode') return []
    const of = (figure: string, functionName: string, expected: unknown): Expectation => ({
      ...{ protocol, subject: row.market, figure, expected },
      view: { address: pool as Address, abi: aaveV3PoolAbi, functionName, args: [Number(id)] },
    })
    const ratio = (figure: string, name: keyof Category, expected: string): Expectation => ({
      ...of(figure, 'getEModeCategoryData', expected),
      pick: (category: Category) => category[name],
    })
    return [
      ratio('loan to value', 'ltv', row.maxLtv),
      ratio('liquidation threshold', 'liquidationThreshold', row.liquidationThreshold),
      ratio('liquidation incentive', 'liquidationBonus', row.liquidationIncentive),
      of('collateral bitmap', 'getEModeCategoryCollateralBitmap', row.collateralBitmap ?? '0'),
      of('borrowable bitmap', 'getEModeCategoryBorrowableBitmap', row.borrowableBitmap ?? '0'),
      of('zero loan to value bitmap', 'getEModeCategoryLtvzeroBitmap', row.ltvZeroBitmap ?? '0'),
    ]
  })
}
