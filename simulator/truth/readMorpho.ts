import type { Address, Hash } from 'viem'
import type { LocalChain } from '../../devnet/chain/types'
import type { ChainContracts, MorphoBlue } from '../../devnet/deploy/types'
import { readMany, type View } from './readMany'
import type { MorphoMarketTruth, MorphoPositionTruth } from './types'

type Integers = readonly bigint[]

/** Every Morpho market and what each account has in it, by the contract's own views and library, at one block. */
export async function readMorpho(
  chain: LocalChain,
  { multicall3 }: Pick<ChainContracts, 'multicall3'>,
  { core, lens, markets: named }: MorphoBlue,
  accounts: readonly Address[],
  blockHash: Hash,
): Promise<{ markets: readonly MorphoMarketTruth[]; positions: readonly (readonly MorphoPositionTruth[])[] }> {
  const read = (views: readonly View[]) => readMany(chain, multicall3, views, blockHash)
  const markets = Object.entries(named)
  const ofMarkets = (await read(
    markets.flatMap(([, { id }]) => [
      { contract: core, functionName: 'market', args: [id] },
      { contract: lens, functionName: 'marketBalances', args: [id] },
    ]),
  )) as Integers[]
  const priced = markets.filter(([, { oracle, rateModel }]) => oracle !== null && rateModel !== null)
  const ofModels = (await read(
    priced.flatMap(([name, { oracle, rateModel, params }]) => {
      const stored = structOf(ofMarkets[2 * markets.findIndex(([other]) => other === name)]!)
      return [
        { contract: oracle!, functionName: 'price' },
        { contract: rateModel!, functionName: 'borrowRateView', args: [params, stored] },
      ]
    }),
  )) as bigint[]
  const ofAccounts = (await read(
    accounts.flatMap((account) =>
      markets.flatMap(([, { id }]) => [
        { contract: core, functionName: 'position', args: [id, account] },
        { contract: lens, functionName: 'supplyAssets', args: [id, account] },
        { contract: lens, functionName: 'borrowAssets', args: [id, account] },
      ]),
    ),
  )) as [Integers, bigint, bigint]
  return {
    markets: markets.map(([name, { id, params }], index) => {
      const place = priced.findIndex(([other]) => other === name)
      const [supplyAssets, supplyShares, borrowAssets, borrowShares] = ofMarkets[2 * index + 1]!
      return {
        ...{ name, id, params, fee: ofMarkets[2 * index]![5]! },
        totals: {
          ...{ supplyAssets: supplyAssets!, supplyShares: supplyShares! },
          ...{ borrowAssets: borrowAssets!, borrowShares: borrowShares! },
        },
        price: place < 0 ? null : ofModels[2 * place]!,
        borrowRate: place < 0 ? 0n : ofModels[2 * place + 1]!,
      }
    }),
    positions: accounts.map((_, account) =>
      markets.map((__, market): MorphoPositionTruth => {
        const first = 3 * (account * markets.length + market)
        const [position, supplyAssets, borrowAssets] = ofAccounts.slice(first, first + 3) as [Integers, bigint, bigint]
        const [supplyShares, borrowShares, collateral] = position
        return {
          ...{ supplyShares: supplyShares!, borrowShares: borrowShares!, collateral: collateral! },
          ...{ supplyAssets, borrowAssets },
        }
      }),
    ),
  }
}

function structOf([totalSupplyAssets, totalSupplyShares, totalBorrowAssets, totalBorrowShares, ...rest]: Integers) {
  const [lastUpdate, fee] = rest
  return { totalSupplyAssets, totalSupplyShares, totalBorrowAssets, totalBorrowShares, lastUpdate, fee }
}
