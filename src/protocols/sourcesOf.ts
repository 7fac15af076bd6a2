import type { ResolvedChain } from '../resolveChain'
import type { BlockSource, ContractSource, Sources } from './protocol'
import { protocols } from './registry'

/** Everything Ponder is to index on a chain. */
export function sourcesOf(resolved: ResolvedChain): {
  readonly contracts: Readonly<Record<string, ContractSource>>
  readonly blocks: Readonly<Record<string, BlockSource>>
} {
  const all: Sources[] = [
    { blocks: { Blocks: { interval: 1, startBlock: resolved.watchFrom } } },
    protocols.aaveV3.sources(resolved.aaveV3),
    protocols.erc4626.sources(resolved.erc4626),
    protocols.wallet.sources(resolved.wallet),
    protocols.chainlink.sources(resolved.chainlink),
  ]
  return {
    contracts: Object.assign({}, ...all.map(({ contracts }) => contracts)),
    blocks: Object.assign({}, ...all.map(({ blocks }) => blocks)),
  }
}
