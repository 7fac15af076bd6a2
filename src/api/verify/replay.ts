/** Checks an answer from nothing but itself: no database, no network. */
import { answer, type Question } from '../answer'
import type { Facts } from '../facts'
import type { Cut, CutChain, Exclusion } from '../read/cut'
import type { Evidence } from '../valuation/figure'
import { pointerOf } from '../wire/pointerOf'
import { stateHashOf } from '../wire/stateHash'

export type Replay =
  | {
      readonly kind: 'verified'
      readonly stateHash: string
      readonly question: Question
      /** The instant, ISO 8601. */
      readonly cut: string
      readonly parametersVersion: string
      /** How many values were computed again and compared. */
      readonly figures: number
    }
  /** JSON pointer of the first place where the answer is not what its facts give. */
  | { readonly kind: 'differs'; readonly pointer: string }

/** An answer with `include=facts`, as it was served. */
interface Served {
  readonly stateHash: string
  readonly parametersVersion: string
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

/** Computes an answer again from the facts it carries and compares every value of it. */
export function replay(served: unknown): Replay {
  const { facts, stateHash, parametersVersion } = (served ?? {}) as Partial<Served>
  if (facts === undefined) return { kind: 'differs', pointer: '/facts' }
  if (hashOf(facts) !== stateHash) return { kind: 'differs', pointer: '/stateHash' }
  const again = computeAgain(facts)
  if (again === null) return { kind: 'differs', pointer: '/facts' }
  const { facts: _, ...figures } = served as Served
  const pointer = firstDifference(figures, again.body, []) ?? firstDifference(facts, again.facts, ['facts'])
  if (pointer !== null) return { kind: 'differs', pointer }
  const { question } = again
  return {
    kind: 'verified',
    stateHash,
    question,
    cut: facts.cut,
    parametersVersion: parametersVersion!,
    figures: countValues(figures),
  }
}

/** `null` for facts of no form that was ever hashed. */
function hashOf(facts: Served['facts']): string | null {
  try {
    return stateHashOf(facts)
  } catch {
    return null
  }
}

function computeAgain(facts: Served['facts']) {
  try {
    const { kind, finality, at, ...request } = facts.request
    const question: Question = { kind, finality, at, request }
    const { body, replay: carried } = answer(question, {
      main: evidenceOf(facts),
      finalized: facts.finalized === undefined ? null : evidenceOf(facts.finalized),
    })
    // What was served is JSON: a field that is undefined here is absent there.
    return { question, ...(JSON.parse(JSON.stringify({ body, facts: carried })) as { body: object; facts: object }) }
  } catch {
    // Facts that no figure can be computed from were never served.
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

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((count, inner) => count + countValues(inner), 0)
}
