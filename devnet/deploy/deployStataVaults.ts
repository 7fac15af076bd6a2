import { type Address, encodeFunctionData } from 'viem'
import type { AssetSymbol } from '../assets'
import { contractCall } from '../chain/contractCall'
import { readContract } from '../chain/readContract'
import type { LocalChain } from '../chain/types'
import type { AaveV36Artifacts } from './deployAaveV36'
import { deployLinked } from './deployLinked'
import type { AaveMarket, Vault } from './types'

/** Deploys Aave's own ERC-4626 wrappers of aTokens, StataTokenV2, for the given assets of a v3.6 market; one block. */
export async function deployStataVaults(
  chain: LocalChain,
  artifacts: AaveV36Artifacts,
  owner: Address,
  { pool, reserves, implementations }: AaveMarket,
  assets: readonly AssetSymbol[],
): Promise<Record<string, Vault>> {
  const deploy = deployLinked(chain, owner, artifacts)
  const proxyFactory = await deploy('TransparentProxyFactory')
  const vaultImplementation = await deploy('StataTokenV2', [pool.address, implementations.incentivesController])
  const factoryImplementation = await deploy('StataTokenFactory', [
    pool.address,
    owner,
    proxyFactory.address,
    vaultImplementation.address,
  ])
  const proxy = await deploy('TransparentUpgradeableProxy', [
    factoryImplementation.address,
    owner,
    encodeFunctionData({ abi: factoryImplementation.abi, functionName: 'initialize' }),
  ])
  const factory = { address: proxy.address, abi: factoryImplementation.abi }
  const underlyings = assets.map((asset) => reserves[asset].underlying.address)
  await chain.send(contractCall(owner, factory, 'createStataTokens', [underlyings]))
  const { number } = await chain.mine()
  const vaults = assets.map(async (asset, index) => {
    const address = await readContract<Address>(chain, factory, 'getStataToken', [underlyings[index]])
    return [`stata${asset}`, { address, abi: vaultImplementation.abi, asset, startBlock: Number(number) }] as const
  })
  return Object.fromEntries(await Promise.all(vaults))
}
