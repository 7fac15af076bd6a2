import { compileContracts } from './compileContracts'
import type { CompilationUnit } from './types'

const unit = {
  name: 'chainlink',
  compiler: 'solc-0.6.6',
  evmVersion: 'istanbul',
  optimizerRuns: 200,
  contracts: {
    FluxAggregator: '@chainlink/contracts/src/v0.6/FluxAggregator.sol',
    EACAggregatorProxy: '@chainlink/contracts/src/v0.6/EACAggregatorProxy.sol',
  },
} as const satisfies CompilationUnit

export type ChainlinkContract = keyof (typeof unit)['contracts']

/** Chainlink's push oracle: a FluxAggregator and the proxy that stands before it. */
export const compileChainlink = (log?: (line: string) => void) => compileContracts<ChainlinkContract>(unit, log)
