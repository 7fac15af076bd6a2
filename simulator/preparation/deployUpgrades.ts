import type { Address } from 'viem'
import { deployContract } from '../../devnet/chain/deployContract'
import type { LocalChain } from '../../devnet/chain/types'
import { compileUpgradedTokens } from '../../devnet/compile/upgradedTokens'
import type { AaveMarket } from '../../devnet/deploy/types'
import type { Preparation } from './types'

/** Queues the deployment of the market's tokens under their next revision. */
export async function deployUpgrades(
  chain: LocalChain,
  owner: Address,
  { version, pool, treasury, implementations: { incentivesController } }: AaveMarket,
): Promise<Preparation['upgrades']> {
  const artifacts = await compileUpgradedTokens()
  switch (version) {
    case '3.0': {
      const aToken = await deployContract(chain, owner, artifacts.NextATokenV30, [pool.address])
      const debtToken = await deployContract(chain, owner, artifacts.NextVariableDebtTokenV30, [pool.address])
      return { aToken: aToken.address, variableDebtToken: debtToken.address }
    }
    case '3.6': {
      const supplyArguments = [pool.address, incentivesController, treasury.address]
      const aToken = await deployContract(chain, owner, artifacts.NextATokenV36, supplyArguments)
      const debtArguments = [pool.address, incentivesController]
      const debtToken = await deployContract(chain, owner, artifacts.NextVariableDebtTokenV36, debtArguments)
      return { aToken: aToken.address, variableDebtToken: debtToken.address }
    }
  }
}
