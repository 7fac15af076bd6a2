import type { Address } from 'viem'
import { zeroAddress } from 'viem'
import { aaveV3OracleAbi } from '../../../abis/aave-v3/oracle'
import { aaveV3PoolAbi } from '../../../abis/aave-v3/pool'
import { aaveV3PoolAddressesProviderAbi } from '../../../abis/aave-v3/poolAddressesProvider'
import type { ResolveContext } from '../protocol'
import { readBefore } from './readBefore'
import type { ResolvedAaveV3 } from './types'

/** The configured market is not there, or not complete. */
export class AaveV3DeploymentError extends Error {
  override readonly name = 'AaveV3DeploymentError'
}

/** Finds the contracts of every configured Aave v3 market, and registers the price sources its oracle uses. */
export async function resolveAaveV3(context: ResolveContext): Promise<readonly ResolvedAaveV3[]> {
  return Promise.all(context.config.aaveV3.map((deployment) => resolveDeployment(context, deployment)))
}

async function resolveDeployment(
  { client, startOf, priceSources }: ResolveContext,
  { name, addressesProvider }: ResolveContext['config']['aaveV3'][number],
): Promise<ResolvedAaveV3> {
  const ask = async (functionName: 'getPool' | 'getPoolConfigurator' | 'getPriceOracle'): Promise<Address> => {
    const address = addressesProvider
    const answer = await client
      .readContract({ address, abi: aaveV3PoolAddressesProviderAbi, functionName })
      .catch(() => zeroAddress)
    if (answer === zeroAddress)
      throw new AaveV3DeploymentError(
        `Aave v3 market "${name}": ${addressesProvider} gives no address for ${functionName}(); check addressesProvider and the chain's rpc.`,
      )
    return answer.toLowerCase() as Address
  }
  const [pool, configurator, oracle] = await Promise.all([
    ask('getPool'),
    ask('getPoolConfigurator'),
    ask('getPriceOracle'),
  ])
  const start = startOf('aaveV3')
  const assets = await client.readContract({ address: pool, abi: aaveV3PoolAbi, functionName: 'getReservesList' })
  await Promise.all(
    assets.map(async (asset) => {
      const read = { address: oracle, abi: aaveV3OracleAbi, functionName: 'getSourceOfAsset', args: [asset] } as const
      const source = (await client.readContract(read)).toLowerCase() as Address
      const known = priceSources.get(source)?.startBlock ?? start
      if (source !== zeroAddress) priceSources.set(source, { startBlock: Math.min(known, start) })
    }),
  )
  const found = { name, provider: addressesProvider, pool, configurator, startBlock: start }
  return { ...found, before: start === 0 ? null : await readBefore(client, found, BigInt(start - 1)) }
}
