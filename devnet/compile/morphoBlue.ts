import { compileContracts } from './compileContracts'
import type { CompilationUnit } from './types'

const source = (path: string) => `@morpho-org/morpho-blue/src/${path}.sol`
const own = (name: string) => `devnet/contracts/morpho/${name}.sol`

const unit = {
  name: 'morpho-blue',
  compiler: 'solc-0.8.19',
  evmVersion: 'paris',
  optimizerRuns: 999_999,
  viaIR: true,
  contracts: {
    Morpho: source('Morpho'),
    OracleMock: source('mocks/OracleMock'),
    IrmMock: source('mocks/IrmMock'),
    FlashBorrowerMock: source('mocks/FlashBorrowerMock'),
    AdaptiveCurveStandIn: own('AdaptiveCurveStandIn'),
    FeedOracleStandIn: own('FeedOracleStandIn'),
    MorphoLens: own('MorphoLens'),
  },
} as const satisfies CompilationUnit

export type MorphoContract = keyof (typeof unit)['contracts']

/** Morpho Blue as published with its mocks, and stand-ins for what no package holds: the adaptive curve and the oracle over two feeds. */
export const compileMorphoBlue = (log?: (line: string) => void) => compileContracts<MorphoContract>(unit, log)
