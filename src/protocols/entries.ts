/** The registry as a configuration file sees it: what each list of a chain holds. Apart from the rest, because everything that reads a configuration loads it. */
import { aaveV3Entry } from './aave-v3/entry'
import { chainlinkEntry } from './chainlink/entry'
import { compoundV3Entry } from './compound-v3/entry'
import { erc4626Entry } from './erc4626/entry'
import { morphoBlueEntry } from './morpho-blue/entry'
import { uniswapV3Entry } from './uniswap-v3/entry'
import { walletEntry } from './wallet/entry'

/** By the key of the configuration. */
export const entries = {
  aaveV3: aaveV3Entry,
  morphoBlue: morphoBlueEntry,
  compoundV3: compoundV3Entry,
  erc4626: erc4626Entry,
  chainlink: chainlinkEntry,
  uniswapV3: uniswapV3Entry,
  walletTokens: walletEntry,
} as const

export type EntryKey = keyof typeof entries
export const entryKeys = Object.keys(entries) as readonly EntryKey[]
