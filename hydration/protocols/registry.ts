import type { Hydrator } from '../types'
import { hydrateAaveV3 } from './aaveV3'
import { hydrateCompoundV3 } from './compoundV3'
import { hydrateMorphoBlue } from './morphoBlue'
import { hydrateErc4626, hydrateErc7540, hydrateWallet } from './tokens'

/** By the name of the protocol in the facts. */
export const hydrators: Readonly<Record<string, Hydrator>> = {
  'aave-v3': hydrateAaveV3,
  'morpho-blue': hydrateMorphoBlue,
  'compound-v3': hydrateCompoundV3,
  erc4626: hydrateErc4626,
  erc7540: hydrateErc7540,
  wallet: hydrateWallet,
}
