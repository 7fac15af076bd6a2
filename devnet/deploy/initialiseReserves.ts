import { type Address, encodeAbiParameters, parseAbiParameters } from 'viem'
import { assetSymbols, assets, type InterestRates } from '../assets'
import { contractCall } from '../chain/contractCall'
import { deployContract } from '../chain/deployContract'
import type { Contract, LocalChain } from '../chain/types'
import type { AaveV36Artifacts } from './deployAaveV36'
import type { Foundation } from './types'

interface Targets {
  readonly pool: Contract
  readonly configurator: Contract
  readonly rewards: Address
  readonly treasury: Address
}

/** Queues the token implementations of v3.6 and one `initReserves` for every asset. */
export async function initialiseReserves(
  chain: LocalChain,
  artifacts: AaveV36Artifacts,
  owner: Address,
  tokens: Foundation['tokens'],
  { pool, configurator, rewards, treasury }: Targets,
): Promise<void> {
  const aToken = await deployContract(chain, owner, artifacts.ATokenInstance, [pool.address, rewards, treasury])
  const debtToken = await deployContract(chain, owner, artifacts.VariableDebtTokenInstance, [pool.address, rewards])
  const inputs = assetSymbols.map((symbol) => ({
    aTokenImpl: aToken.address,
    variableDebtTokenImpl: debtToken.address,
    underlyingAsset: tokens[symbol].address,
    aTokenName: `Aave devnet ${symbol}`,
    aTokenSymbol: `a${symbol}`,
    variableDebtTokenName: `Aave devnet variable debt ${symbol}`,
    variableDebtTokenSymbol: `variableDebt${symbol}`,
    params: '0x10',
    interestRateData: encodeRates(assets[symbol].reserve.rates),
  }))
  await chain.send(contractCall(owner, configurator, 'initReserves', [inputs]))
}

/** The rate strategy's parameters as the configurator of v3.1 and later takes them. */
export function encodeRates({ optimalUsage, base, slope1, slope2 }: InterestRates) {
  return encodeAbiParameters(parseAbiParameters('uint256, uint256, uint256, uint256'), [
    BigInt(optimalUsage),
    BigInt(base),
    BigInt(slope1),
    BigInt(slope2),
  ])
}
