import { encodeAbiParameters, parseAbiParameters } from 'viem'
import type { InterestRates } from '../assets'

/** The rate strategy's parameters as the configurator of v3.1 and later takes them. */
export function encodeRates({ optimalUsage, base, slope1, slope2 }: InterestRates) {
  return encodeAbiParameters(parseAbiParameters('uint256, uint256, uint256, uint256'), [
    BigInt(optimalUsage),
    BigInt(base),
    BigInt(slope1),
    BigInt(slope2),
  ])
}
