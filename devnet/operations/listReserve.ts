import type { Address } from 'viem'
import type { ReserveParameters } from '../assets'
import { contractCall } from '../chain/contractCall'
import { deployContract } from '../chain/deployContract'
import type { LocalChain } from '../chain/types'
import type { DevnetArtifacts } from '../compile/loadArtifacts'
import { deployFeed } from '../deploy/deployFeed'
import { listReserves } from '../deploy/listReserves'
import { readReserve } from '../deploy/readReserve'
import type { AaveMarket, ChainContracts, Feed } from '../deploy/types'

export interface NewReserve {
  readonly symbol: string
  readonly decimals: number
  /** Dollars with 8 decimals. */
  readonly price: bigint
  readonly parameters: ReserveParameters
}

export interface ListedReserve {
  /** The market with the new reserve in it. */
  readonly market: AaveMarket
  readonly feed: Feed
}

/** Adds a reserve to a running market: a new token, its feed, the oracle's source, the listing; two blocks. */
export async function listReserve(
  chain: LocalChain,
  artifacts: DevnetArtifacts,
  owner: Address,
  contracts: Pick<ChainContracts, 'feedPayment'> & { readonly aave: AaveMarket },
  { symbol, decimals, price, parameters }: NewReserve,
): Promise<ListedReserve> {
  const { aave: market, feedPayment } = contracts
  const underlying = await deployContract(chain, owner, artifacts.own.TestToken, [symbol, symbol, decimals])
  const feed = await deployFeed(chain, artifacts.chainlink, owner, feedPayment, `${symbol} / USD`, price)
  await chain.send(contractCall(owner, market.oracle, 'setAssetSources', [[underlying.address], [feed.proxy.address]]))
  await chain.mine()
  await listReserves(chain, artifacts.aaveV30, owner, market, [{ symbol, decimals, underlying, parameters }])
  await chain.mine()
  const reserve = await readReserve(chain, market, underlying)
  return { market: { ...market, reserves: { ...market.reserves, [symbol]: reserve } }, feed }
}
