import type { ResolvedChain } from '../resolveChain'
import type { BlockSource, ContractSource, Sources } from './protocol'
import { protocolSources } from './registry'

/** Everything Ponder is to index on a chain. */
export function sourcesOf(resolved: ResolvedChain): {
  readonly contracts: Readonly<Record<string, ContractSource>>
  readonly blocks: Readonly<Record<string, BlockSource>>
} {
  const all: Sources[] = [
    { blocks: { Blocks: { interval: 1, startBlock: resolved.watchFrom } } },
    ...protocolSources(resolved),
  ]
  return {
    contracts: Object.assign({}, ...all.map(({ contracts }) => contracts)),
    blocks: Object.assign({}, ...all.map(({ blocks }) => blocks)),
  }
}
