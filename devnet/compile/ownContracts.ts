import { compileContracts } from './compileContracts'
import type { CompilationUnit } from './types'

const source = (name: string) => `devnet/contracts/${name}.sol`

const unit = {
  name: 'own',
  compiler: 'solc-0.8.27',
  evmVersion: 'shanghai',
  optimizerRuns: 200,
  contracts: {
    TestToken: source('TestToken'),
    WrappedEther: source('WrappedEther'),
    WrappedStakedEther: source('WrappedStakedEther'),
    TokenVault: source('TokenVault'),
    Multicall: source('Multicall'),
    FlashBorrower: source('FlashBorrower'),
    PoolOperator: source('PoolOperator'),
    StakingRate: source('StakingRate'),
  },
} as const satisfies CompilationUnit

export type OwnContract = keyof (typeof unit)['contracts']

/** The project's own small contracts: tokens, an OpenZeppelin ERC-4626 vault, Multicall3's interface, a trader. */
export const compileOwnContracts = (log?: (line: string) => void) => compileContracts<OwnContract>(unit, log)
