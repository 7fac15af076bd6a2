import { parseAbi } from 'viem'

/** Loan token units per collateral unit, scaled by 10^36. */
export const morphoOracleAbi = parseAbi(['function price() view returns (uint256)'])
