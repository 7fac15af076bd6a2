import { readAaveMarkets } from './aaveMarkets'
import { readAaveV3 } from './aaveV3'
import { readCometMarkets } from './cometMarkets'
import { readCompoundV3 } from './compoundV3'
import { readErc4626, readErc7540 } from './erc4626'
import type { MarketReading, MarketsQuestion, ReadMarkets } from './marketReading'
import { readMorphoBlue } from './morphoBlue'
import { readMorphoMarkets } from './morphoMarkets'
import type { ReadProtocol } from './reading'
import { readWallet } from './wallet'

/** Every protocol whose facts can be valued, by its name in the fact tables. */
export const protocols: Readonly<Record<string, ReadProtocol>> = {
  'aave-v3': readAaveV3,
  'morpho-blue': readMorphoBlue,
  'compound-v3': readCompoundV3,
  erc4626: readErc4626,
  erc7540: readErc7540,
  wallet: readWallet,
}

const marketReaders: readonly ReadMarkets[] = [readAaveMarkets, readMorphoMarkets, readCometMarkets]

/** Every lending market of a chain, protocol after protocol. */
export function readMarkets(question: MarketsQuestion): readonly MarketReading[] {
  return marketReaders.flatMap((read) => read(question))
}
