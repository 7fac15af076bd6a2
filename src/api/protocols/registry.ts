import { readAaveV3 } from './aaveV3'
import { readErc4626 } from './erc4626'
import type { ReadProtocol } from './reading'
import { readWallet } from './wallet'

/** Every protocol whose facts can be valued, by its name in the fact tables. */
export const protocols: Readonly<Record<string, ReadProtocol>> = {
  'aave-v3': readAaveV3,
  erc4626: readErc4626,
  wallet: readWallet,
}
