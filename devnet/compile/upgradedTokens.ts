import { compileContracts } from './compileContracts'
import type { CompilationUnit } from './types'

const source = (name: string) => `devnet/contracts/upgrades/${name}.sol`
const settings = { compiler: 'solc-0.8.27', evmVersion: 'shanghai', optimizerRuns: 200 } as const

const unitV36 = {
  name: 'upgrades-v3.6',
  ...settings,
  remappings: [
    'openzeppelin-contracts/contracts/=@openzeppelin/contracts/',
    'openzeppelin-contracts-upgradeable/contracts/=@openzeppelin/contracts-upgradeable/',
    'solidity-utils/=@bgd-labs/solidity-utils/src/',
  ],
  contracts: {
    NextATokenV36: source('NextATokenV36'),
    NextVariableDebtTokenV36: source('NextVariableDebtTokenV36'),
  },
} as const satisfies CompilationUnit

const unitV30 = {
  name: 'upgrades-v3.0',
  ...settings,
  contracts: {
    NextATokenV30: source('NextATokenV30'),
    NextVariableDebtTokenV30: source('NextVariableDebtTokenV30'),
  },
} as const satisfies CompilationUnit

/** Aave's tokens under their next revision, to upgrade to. */
export async function compileUpgradedTokens(log?: (line: string) => void) {
  const [v36, v30] = await Promise.all([
    compileContracts<keyof (typeof unitV36)['contracts']>(unitV36, log),
    compileContracts<keyof (typeof unitV30)['contracts']>(unitV30, log),
  ])
  return { ...v36, ...v30 }
}
