import type { Auditor } from '../types'
import { auditAaveV3 } from './aaveV3'
import { auditChainlink } from './chainlink'
import { auditCompoundV3 } from './compoundV3'
import { auditErc4626 } from './erc4626'
import { auditMorphoBlue } from './morphoBlue'
import { auditTokens } from './tokens'
import { auditUniswapV3 } from './uniswapV3'
import { auditWallet } from './wallet'

/** Everything whose facts can be held against contracts. */
export const auditors: readonly Auditor[] = [
  auditAaveV3,
  auditMorphoBlue,
  auditCompoundV3,
  auditErc4626,
  auditWallet,
  auditChainlink,
  auditUniswapV3,
  auditTokens,
]
