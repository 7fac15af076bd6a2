/** The built-in chains, by the names a configuration file uses. */
import type { BuiltinChain } from '../schema'
import { arbitrum } from './arbitrum'
import { avalanche } from './avalanche'
import { base } from './base'
import { bnb } from './bnb'
import { ethereum } from './ethereum'
import { gnosis } from './gnosis'
import { linea } from './linea'
import { optimism } from './optimism'
import { polygon } from './polygon'
import { scroll } from './scroll'

export const chains: Readonly<Record<string, BuiltinChain>> = {
  ethereum,
  base,
  arbitrum,
  optimism,
  polygon,
  avalanche,
  bnb,
  gnosis,
  scroll,
  linea,
}
