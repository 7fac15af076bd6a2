import type { Trace, TracedBlock, TracedCall, TracedEvent } from '../trace'

/** One transaction of a trace that is only blocks, with its place. */
export interface PlacedCall {
  readonly event: number
  readonly call: TracedCall
}

export function callsOf({ events }: Trace): PlacedCall[] {
  return events.flatMap((traced, event) =>
    traced.kind === 'block' ? traced.block.calls.map((call) => ({ event, call })) : [],
  )
}

/** The trace with only these of its calls; a block without any passes its time on to the next. */
export function withCalls(trace: Trace, kept: readonly PlacedCall[]): Trace {
  const events: TracedEvent[] = []
  let waited = 0
  for (const [event, traced] of trace.events.entries()) {
    if (traced.kind !== 'block') continue
    const calls = kept.filter((placed) => placed.event === event).map(({ call }) => call)
    waited += traced.block.secondsAfterParent
    const isLast = event === trace.events.length - 1
    if (calls.length === 0 && !isLast) continue
    const block: TracedBlock = { secondsAfterParent: waited, calls }
    events.push({ kind: 'block', chain: traced.chain, block })
    waited = 0
  }
  return { ...trace, events }
}
