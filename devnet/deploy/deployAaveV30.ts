import { type Address, zeroAddress } from 'viem'
import { assetSymbols } from '../assets'
import { contractCall } from '../chain/contractCall'
import { readContract } from '../chain/readContract'
import type { Contract, LocalChain } from '../chain/types'
import type { loadAaveV30 } from '../compile/aaveV30'
import { adminRoles, oracleUnit } from './aaveConstants'
import { deployLinked } from './deployLinked'
import type { AaveCore, Foundation } from './types'

export type AaveV30Artifacts = Awaited<ReturnType<typeof loadAaveV30>>

const flashLoanPremiumBasisPoints = 9n
const flashLoanPremiumToProtocolBasisPoints = 4000n

/**
 * Deploys Aave v3.0, yet without reserves, over the foundation's tokens and feeds. `owner` holds every role. Its core has no
 * treasury of its own, so fees go to `treasury`, an address like any other; nor has it rewards.
 */
export async function deployAaveV30(
  chain: LocalChain,
  artifacts: AaveV30Artifacts,
  owner: Address,
  treasury: Address,
  foundation: Foundation,
): Promise<AaveCore> {
  const deploy = deployLinked(chain, owner, artifacts)
  const send = (contract: Contract, functionName: string, ...args: readonly unknown[]) =>
    chain.send(contractCall(owner, contract, functionName, args))

  const addressesProvider = await deploy('PoolAddressesProvider', ['devnet', owner])
  await send(addressesProvider, 'setACLAdmin', owner)
  const aclManager = await deploy('ACLManager', [addressesProvider.address])
  await send(addressesProvider, 'setACLManager', aclManager.address)
  for (const role of adminRoles) await send(aclManager, role, owner)
  const oracle = await deploy('AaveOracle', [
    addressesProvider.address,
    assetSymbols.map((symbol) => foundation.tokens[symbol].address),
    assetSymbols.map((symbol) => foundation.feeds[symbol].proxy.address),
    zeroAddress,
    zeroAddress,
    oracleUnit,
  ])
  await send(addressesProvider, 'setPriceOracle', oracle.address)
  const poolImplementation = await deploy('Pool', [addressesProvider.address])
  await send(addressesProvider, 'setPoolImpl', poolImplementation.address)
  const configuratorImplementation = await deploy('PoolConfigurator')
  await send(addressesProvider, 'setPoolConfiguratorImpl', configuratorImplementation.address)
  const { number } = await chain.mine()

  const addressOf = (getter: string) => readContract<Address>(chain, addressesProvider, getter)
  const pool = { address: await addressOf('getPool'), abi: artifacts.Pool.abi }
  const configurator = { address: await addressOf('getPoolConfigurator'), abi: artifacts.PoolConfigurator.abi }
  const dataProvider = await deploy('AaveProtocolDataProvider', [addressesProvider.address])
  await send(addressesProvider, 'setPoolDataProvider', dataProvider.address)
  await send(configurator, 'updateFlashloanPremiumTotal', flashLoanPremiumBasisPoints)
  await send(configurator, 'updateFlashloanPremiumToProtocol', flashLoanPremiumToProtocolBasisPoints)
  const implementations = {
    aToken: await deploy('AToken', [pool.address]),
    variableDebtToken: await deploy('VariableDebtToken', [pool.address]),
    stableDebtToken: await deploy('StableDebtToken', [pool.address]),
    incentivesController: zeroAddress,
  }
  return {
    version: '3.0',
    ...{ addressesProvider, pool, configurator, oracle, dataProvider, aclManager, implementations },
    treasury: { address: treasury, abi: [] },
    startBlock: Number(number),
  }
}
