import type { Address } from 'viem'
import { contractCall } from '../chain/contractCall'
import type { Call } from '../chain/types'
import { morphoPriceOf } from '../deploy/morphoPriceOf'
import type { ByAsset, MorphoBlue } from '../deploy/types'

/** Makes the oracle that says what it is told follow the prices (dollars with 8 decimals). */
export function setMorphoPrice({ setOracle }: MorphoBlue, account: Address, prices: ByAsset<bigint>): Call {
  return contractCall(account, setOracle, 'setPrice', [morphoPriceOf('WBTC', 'USDC', prices)])
}
