import type { Trace, TracedBlock, TracedEvent } from '../trace'

/** A trace for people: what happened, block by block. */
export function describeTrace({ seed, chains, events }: Trace): string {
  return [`seed ${seed}, ${chains} chains:`, ...events.flatMap(describeEvent)].join('\n')
}

function describeEvent(event: TracedEvent): string[] {
  switch (event.kind) {
    case 'block':
      return [`${event.chain}: a block`, ...describeBlock(event.block)]
    case 'reorg':
      return [`${event.chain}: a reorg of depth ${event.depth}`, ...event.blocks.flatMap(describeBlock)]
    case 'restart':
      return [`${event.chain}: ${event.signal} to the indexer`]
  }
}

function describeBlock({ secondsAfterParent, calls }: TracedBlock): string[] {
  return [
    `  after ${secondsAfterParent} s`,
    ...calls.map(({ action, from, to, label }) => `    ${action}: ${from} calls ${label} of ${to ?? 'a new contract'}`),
  ]
}
