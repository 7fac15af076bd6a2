/** Checks an answer from nothing but itself: no database, no network. */
import { answer, type EvidencePair, type Question } from './answer'
import type { Facts } from './facts'
import type { Cut, CutChain, Exclusion } from './read/cut'
import type { Evidence } from './valuation/figure'
import { canonicalHash } from './wire/canonical'
import { pointerOf } from './wire/parse'

export type Replay =
  | { readonly kind: 'verified'; readonly stateHash: string }
  /** JSON pointer of the first place where the answer is not what its facts give. */
  | { readonly kind: 'differs'; readonly pointer: string }

/** An answer with `include=facts`, as it was served. */
interface Served {
  readonly stateHash: string
  readonly facts: ServedCut & {
    readonly request: Question['request'] & Pick<Question, 'kind' | 'finality' | 'at'>
    readonly finalized?: ServedCut
  }
}

interface ServedCut {
  readonly cut: string
  readonly chains: Readonly<Record<string, Omit<CutChain, 'timestamp'> & { readonly timestamp: string }>>
  readonly excluded: readonly Exclusion[]
  readonly facts: Facts
}

/** Computes an answer again from the facts it carries and compares every character of it. */
export function replay(served: unknown): Replay {
  const { facts, stateHash } = (served ?? {}) as Partial<Served>
  if (facts === undefined) return { kind: 'differs', pointer: '/facts' }
  if (canonicalHash(facts) !== stateHash) return { kind: 'differs', pointer: '/stateHash' }
  const again = computeAgain(facts)
  if (again === null) return { kind: 'differs', pointer: '/facts' }
  const pointer = firstDifference(served, again, [])
  return pointer === null ? { kind: 'verified', stateHash } : { kind: 'differs', pointer }
}

function computeAgain(facts: Served['facts']): unknown {
  try {
    const { kind, finality, at, ...request } = facts.request
    const evidence: EvidencePair = {
      main: evidenceOf(facts),
      finalized: facts.finalized === undefined ? null : evidenceOf(facts.finalized),
    }
    const { body, replay: carried } = answer({ kind, finality, at, request }, evidence)
    // What was served is JSON: a field that is undefined here is absent there.
    return JSON.parse(JSON.stringify({ ...body, facts: carried }))
  } catch {
    return null
  }
}

function evidenceOf({ cut, chains, excluded, facts }: ServedCut): Evidence {
  const read: Cut = {
    time: secondsOf(cut),
    chains: Object.fromEntries(
      Object.entries(chains).map(([chain, block]) => [chain, { ...block, timestamp: secondsOf(block.timestamp) }]),
    ),
    excluded,
  }
  return { cut: read, facts }
}

function secondsOf(iso: string): number {
  return Date.parse(iso) / 1000
}

function firstDifference(one: unknown, other: unknown, path: readonly PropertyKey[]): string | null {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null)
    return Object.is(one, other) ? null : pointerOf(path)
  if (Array.isArray(one) !== Array.isArray(other)) return pointerOf(path)
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  for (const key of keys) {
    const inner = [...path, key]
    if (!Object.hasOwn(one, key) || !Object.hasOwn(other, key)) return pointerOf(inner)
    const found = firstDifference(Reflect.get(one, key), Reflect.get(other, key), inner)
    if (found !== null) return found
  }
  return null
}
