import { describe, expect, it } from 'vitest'
import { canonicalTrace } from '../../../simulator/shrink/canonicalTrace'
import { describeTrace } from '../../../simulator/shrink/describeTrace'
import { callsOf, withCalls } from '../../../simulator/shrink/traceParts'
import { callOf, type Trace, type TracedBlock, type TracedEvent, traceCall } from '../../../simulator/trace'

const from = '0x00000000000000000000000000000000000000aa'
const block = (seconds: number, ...labels: string[]): TracedBlock => ({
  secondsAfterParent: seconds,
  calls: labels.map((label) => traceCall('act', { from, to: from, label })),
})
const mined = (chain: string, content: TracedBlock): TracedEvent => ({ kind: 'block', chain, block: content })
const labelsOf = ({ events }: Trace) =>
  events.map((event) => (event.kind === 'block' ? event.block.calls.map(({ label }) => label) : event.kind))

const trace: Trace = {
  seed: 7,
  chains: 2,
  events: [
    mined('alpha', block(1, 'a')),
    mined('beta', block(1, 'other chain')),
    mined('alpha', block(2, 'b')),
    mined('alpha', block(3, 'c')),
    { kind: 'reorg', chain: 'alpha', depth: 2, blocks: [block(4, 'c2'), block(5), block(6, 'b2')] },
    { kind: 'restart', chain: 'alpha', signal: 'SIGKILL' },
    mined('alpha', block(7, 'd', 'e')),
  ],
}

describe('canonicalTrace', () => {
  it('keeps what stands in the end, of one chain', () => {
    expect(labelsOf(canonicalTrace(trace, 'alpha'))).toEqual([['a'], ['c2'], [], ['b2'], ['d', 'e']])
    expect(labelsOf(canonicalTrace(trace, 'beta'))).toEqual([['other chain']])
  })
})

describe('withCalls', () => {
  const canonical = canonicalTrace(trace, 'alpha')
  const seconds = ({ events }: Trace) =>
    events.reduce((sum, event) => sum + (event.kind === 'block' ? event.block.secondsAfterParent : 0), 0)

  it('leaves out blocks without calls but not their time', () => {
    const less = withCalls(
      canonical,
      callsOf(canonical).filter(({ call }) => ['a', 'e'].includes(call.label)),
    )
    expect(labelsOf(less)).toEqual([['a'], ['e']])
    expect(seconds(less)).toBe(seconds(canonical))
  })

  it('keeps the last block, where time alone may show it', () => {
    expect(labelsOf(withCalls(canonical, []))).toEqual([[]])
  })

  it('changes nothing when every call is kept, but for empty blocks', () => {
    expect(labelsOf(withCalls(canonical, callsOf(canonical)))).toEqual([['a'], ['c2'], ['b2'], ['d', 'e']])
  })
})

describe('traced calls', () => {
  it('come back as they were, through JSON', () => {
    const call = { from, to: from, data: '0x01', value: 2n ** 200n, label: 'pay' } as const
    expect(callOf(JSON.parse(JSON.stringify(traceCall('act', call))))).toEqual(call)
  })

  it('are told in words', () => {
    const words = describeTrace(trace)
    expect(words).toContain('a reorg of depth 2')
    expect(words).toContain('SIGKILL to the indexer')
    expect(words).toContain(`act: ${from} calls c2`)
  })
})
