import type { Address } from 'viem'
import { type AssetSymbol, assetSymbols, assets, initialStakingRate } from '../assets'
import { deployContract } from '../chain/deployContract'
import type { Contract, LocalChain } from '../chain/types'
import type { compileOwnContracts } from '../compile/ownContracts'
import { deployFeed, type FeedArtifacts } from './deployFeed'
import type { ByAsset, Feed, Foundation } from './types'

export interface FoundationArtifacts {
  readonly own: Awaited<ReturnType<typeof compileOwnContracts>>
  readonly chainlink: FeedArtifacts
}

/** Tokens, one price feed for each, and Multicall3: what every local chain has, in one block. */
export async function deployFoundation(
  chain: LocalChain,
  artifacts: FoundationArtifacts,
  owner: Address,
  prices: ByAsset<bigint>,
): Promise<Foundation> {
  const { own } = artifacts
  const multicall3 = await deployContract(chain, owner, own.Multicall)
  const feedPayment = await deployContract(chain, owner, own.TestToken, ['Feed payment', 'PAY', 18])
  const tokens = {} as Record<AssetSymbol, Contract>
  const feeds = {} as Record<AssetSymbol, Feed>
  for (const symbol of assetSymbols) {
    tokens[symbol] = await deployToken(chain, own, owner, symbol)
    feeds[symbol] = await deployFeed(chain, artifacts.chainlink, owner, feedPayment, `${symbol} / USD`, prices[symbol])
  }
  await chain.mine()
  return { multicall3, feedPayment, tokens, feeds }
}

function deployToken(
  chain: LocalChain,
  own: FoundationArtifacts['own'],
  owner: Address,
  symbol: AssetSymbol,
): Promise<Contract> {
  switch (symbol) {
    case 'WETH':
      return deployContract(chain, owner, own.WrappedEther)
    case 'wstETH':
      return deployContract(chain, owner, own.WrappedStakedEther, [initialStakingRate])
    case 'WBTC':
    case 'USDC':
      return deployContract(chain, owner, own.TestToken, [assets[symbol].name, symbol, assets[symbol].decimals])
  }
}
