import type { Address } from 'viem'
import { readContract } from '../chain/readContract'
import type { Contract, LocalChain } from '../chain/types'
import type { AaveCore, AaveReserve } from './types'

/** Looks up the tokens of a listed reserve. */
export async function readReserve(
  chain: Pick<LocalChain, 'client'>,
  { dataProvider, implementations }: AaveCore,
  underlying: Contract,
): Promise<AaveReserve> {
  const [aToken, stableDebtToken, variableDebtToken] = await readContract<readonly [Address, Address, Address]>(
    chain,
    dataProvider,
    'getReserveTokensAddresses',
    [underlying.address],
  )
  return {
    underlying,
    aToken: { address: aToken, abi: implementations.aToken.abi },
    variableDebtToken: { address: variableDebtToken, abi: implementations.variableDebtToken.abi },
    stableDebtToken: implementations.stableDebtToken && {
      address: stableDebtToken,
      abi: implementations.stableDebtToken.abi,
    },
  }
}
