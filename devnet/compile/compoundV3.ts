import { compileContracts } from './compileContracts'
import type { CompilationUnit } from './types'

const own = (name: string) => `devnet/contracts/compound/${name}.sol`

const unit = {
  name: 'compound-v3',
  compiler: 'solc-0.8.27',
  evmVersion: 'shanghai',
  optimizerRuns: 200,
  contracts: {
    CometStandIn: own('CometStandIn'),
    CometProxyStandIn: own('CometProxyStandIn'),
  },
} as const satisfies CompilationUnit

export type CompoundContract = keyof (typeof unit)['contracts']

/** Stand-ins for what no package holds: Compound v3's Comet and the proxy before it. */
export const compileCompoundV3 = (log?: (line: string) => void) => compileContracts<CompoundContract>(unit, log)
