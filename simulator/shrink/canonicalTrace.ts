import type { Trace, TracedBlock } from '../trace'

/** The same chain with nothing taken back: one chain's blocks as they stand in the end, without reorgs and restarts. */
export function canonicalTrace({ seed, chains, events }: Trace, chain: string): Trace {
  const blocks: TracedBlock[] = []
  for (const event of events) {
    if (event.chain !== chain) continue
    if (event.kind === 'block') blocks.push(event.block)
    if (event.kind === 'reorg') blocks.splice(blocks.length - event.depth, event.depth, ...event.blocks)
  }
  return { seed, chains, events: blocks.map((block) => ({ kind: 'block', chain, block })) }
}
