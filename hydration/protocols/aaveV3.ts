import type { Address } from 'viem'
import { aaveV3PoolAbi } from '../../abis/aave-v3/pool'
import { aaveV3ScaledTokenAbi } from '../../abis/aave-v3/scaledToken'
import { aaveV3StableDebtTokenAbi } from '../../abis/aave-v3/stableDebtToken'
import { collateralBitmap } from '../../src/protocols/aave-v3/configuration'
import type { Hydrator, Reading } from '../types'

const protocol = 'aave-v3'

/** Flags and e-mode of an account in a pool, and its scaled balances of every reserve. */
export const hydrateAaveV3: Hydrator = ({ facts, contract: pool, account }) => {
  const reserves = facts.markets.filter(
    (row) => row.protocol === protocol && row.unit === pool && row.kind === 'reserve',
  )
  const scaled = (address: string | null, market: string, side: string): Reading[] =>
    address === null
      ? []
      : [
          {
            views: [
              {
                address: address as Address,
                abi: aaveV3ScaledTokenAbi,
                functionName: 'scaledBalanceOf',
                args: [account],
              },
            ],
            baselines: ([raw]) => [{ protocol, market, side, raw: raw as bigint }],
          },
        ]
  return [
    {
      views: ['getUserConfiguration', 'getUserEMode'].map((functionName) => ({
        address: pool,
        abi: aaveV3PoolAbi,
        functionName,
        args: [account],
      })),
      baselines: ([configuration, emode]) => [
        { protocol, market: pool, side: 'collateralBitmap', raw: collateralBitmap(configuration as bigint) },
        { protocol, market: pool, side: 'emode', raw: emode as bigint },
      ],
    },
    ...reserves.flatMap(({ market, receipt, debtToken, stableDebtToken }) => [
      ...scaled(receipt, market, 'supply'),
      ...scaled(debtToken, market, 'borrow'),
      ...stableDebt(stableDebtToken, market, account),
    ]),
  ]
}

function stableDebt(address: string | null, market: string, account: Address): readonly Reading[] {
  if (address === null) return []
  return [
    {
      views: ['principalBalanceOf', 'getUserStableRate', 'getUserLastUpdated'].map((functionName) => ({
        address: address as Address,
        abi: aaveV3StableDebtTokenAbi,
        functionName,
        args: [account],
      })),
      baselines: ([raw, rate, accruedAt]) => [
        {
          ...{ protocol, market, side: 'borrowStable', raw: raw as bigint },
          ...{ rate: rate as bigint, accruedAt: BigInt(accruedAt as number) },
        },
      ],
    },
  ]
}
