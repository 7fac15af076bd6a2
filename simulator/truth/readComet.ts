import type { Address, Hash } from 'viem'
import type { LocalChain } from '../../devnet/chain/types'
import { type ChainContracts, type Comet, cometCollateral } from '../../devnet/deploy/types'
import { readMany, type View } from './readMany'
import type { CometAssetTruth, CometPositionTruth, CometTruth } from './types'

interface Totals {
  readonly totalSupplyBase: bigint
  readonly totalBorrowBase: bigint
  readonly pauseFlags: number
}

interface AssetInfo {
  readonly scale: bigint
  readonly borrowCollateralFactor: bigint
  readonly liquidateCollateralFactor: bigint
  readonly supplyCap: bigint
}

export const noCometPosition: CometPositionTruth = {
  ...{ principal: 0n, balance: 0n, debt: 0n, isLiquidatable: false },
  pledges: [],
}

/** The Comet and what each account has in it, by the contract's own views, at one block. */
export async function readComet(
  chain: LocalChain,
  { multicall3, tokens, feeds }: Pick<ChainContracts, 'multicall3' | 'tokens' | 'feeds'>,
  { core }: Comet,
  accounts: readonly Address[],
  blockHash: Hash,
): Promise<{ comet: CometTruth; positions: readonly CometPositionTruth[] }> {
  const read = (views: readonly View[]) => readMany(chain, multicall3, views, blockHash)
  const of = (functionName: string, ...args: readonly unknown[]): View => ({ contract: core, functionName, args })
  const assets = cometCollateral.map((symbol) => tokens[symbol].address)
  const whole = [
    of('totalsBasic'),
    of('totalSupply'),
    of('totalBorrow'),
    of('getUtilization'),
    of('getPrice', feeds.USDC.proxy.address),
    of('baseScale'),
    of('baseBorrowMin'),
    of('supplyKink'),
    { contract: tokens.USDC, functionName: 'balanceOf', args: [core.address] },
  ]
  const perAsset = cometCollateral.flatMap((symbol, index) => [
    of('getAssetInfoByAddress', assets[index]),
    of('totalsCollateral', assets[index]),
    of('getPrice', feeds[symbol].proxy.address),
    of('getCollateralReserves', assets[index]),
  ])
  const perAccount = accounts.flatMap((account) => [
    of('userBasic', account),
    of('balanceOf', account),
    of('borrowBalanceOf', account),
    of('isLiquidatable', account),
    ...assets.map((asset) => of('collateralBalanceOf', account, asset)),
  ])
  const answers = await read([...whole, ...perAsset, ...perAccount])
  const [totals, supply, borrow, used, ...rest] = answers as [Totals, bigint, bigint, bigint, ...bigint[]]
  const [basePrice, baseScale, baseBorrowMin, supplyKink, liquidity] = rest
  const rates = (await read([of('getSupplyRate', used), of('getBorrowRate', used)])) as bigint[]
  const ofAssets = answers.slice(whole.length)
  const ofAccounts = answers.slice(whole.length + perAsset.length)
  return {
    comet: {
      ...{ supply, borrow, supplyPrincipal: totals.totalSupplyBase, borrowPrincipal: totals.totalBorrowBase },
      ...{ supplyRate: rates[0]!, borrowRate: rates[1]!, pauseFlags: totals.pauseFlags, supplyKink: supplyKink! },
      ...{ basePrice: basePrice!, baseScale: baseScale!, baseBorrowMin: baseBorrowMin!, liquidity: liquidity! },
      assets: cometCollateral.map((symbol, index): CometAssetTruth => {
        const one = ofAssets.slice(4 * index) as [AssetInfo, readonly bigint[], bigint, bigint]
        const [{ scale, borrowCollateralFactor, liquidateCollateralFactor, supplyCap }, [total], price, reserve] = one
        return {
          ...{ symbol, asset: assets[index]!, scale, price, total: total!, reserve },
          ...{ borrowCollateralFactor, liquidateCollateralFactor, supplyCap },
        }
      }),
    },
    positions: accounts.map((_, index): CometPositionTruth => {
      const one = ofAccounts.slice((4 + assets.length) * index) as [readonly bigint[], bigint, bigint, boolean]
      const [[principal], balance, debt, isLiquidatable, ...pledges] = one
      return {
        ...{ principal: principal!, balance, debt, isLiquidatable },
        pledges: (pledges as bigint[]).slice(0, assets.length),
      }
    }),
  }
}
