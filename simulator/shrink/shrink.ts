import type { Finding } from '../runSeed'
import type { Trace, TracedEvent } from '../trace'
import { canonicalTrace } from './canonicalTrace'
import { minimise } from './minimise'
import { type ReplayOptions, replay } from './replay'
import { callsOf, withCalls } from './traceParts'

export interface ShrinkOptions extends ReplayOptions {
  /** How often the trace may be replayed; each time costs fresh chains and a fresh product. */
  readonly replays: number
}

export interface Shrunk {
  readonly trace: Trace
  /** Whether the finding needs a reorg or a restart. */
  readonly needsInterruption: boolean
}

/**
 * Looks for the shortest trace that shows what the whole one showed: first the chain as it stands in the end, without reorgs and
 * restarts, call by call; where that shows nothing, the events as they happened.
 * @returns `null` when not even the whole trace shows it again.
 */
export async function shrink(trace: Trace, finding: Finding, options: ShrinkOptions): Promise<Shrunk | null> {
  const { replays, progress } = options
  let left = replays
  const shows = async (candidate: Trace) => {
    left -= 1
    progress(`shrinking: replaying ${candidate.events.length} events, ${left} replays left`)
    return isFound(await replay(candidate, { ...options, progress: () => {} }))
  }
  const chain = finding.drifts[0]?.chain ?? finding.failure?.chain ?? trace.events[0]!.chain
  const canonical = canonicalTrace(trace, chain)
  if (await shows(canonical)) {
    const calls = await minimise(callsOf(canonical), (kept) => shows(withCalls(canonical, kept)), left)
    return { trace: withCalls(canonical, calls), needsInterruption: false }
  }
  if (!(await shows(trace))) return null
  const withEvents = (events: readonly TracedEvent[]): Trace => ({ ...trace, events })
  const own = withEvents(trace.events.filter((event) => event.chain === chain))
  const start = own.events.length < trace.events.length && (await shows(own)) ? own : trace
  // A reorg deeper than what is left of the chain would reach into the set-up.
  const events = await minimise(
    start.events,
    async (kept) => isPossible(kept) && (await shows(withEvents(kept))),
    Math.max(0, left),
  )
  return { trace: withEvents(events), needsInterruption: true }
}

const isFound = ({ drifts, failure }: Finding) => drifts.length > 0 || failure !== null

function isPossible(events: readonly TracedEvent[]): boolean {
  const lengths = new Map<string, number>()
  return events.every((event) => {
    const length = lengths.get(event.chain) ?? 0
    if (event.kind === 'block') lengths.set(event.chain, length + 1)
    if (event.kind === 'reorg') lengths.set(event.chain, length - event.depth + event.blocks.length)
    return event.kind !== 'reorg' || event.depth < length
  })
}
