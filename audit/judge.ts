import type { Expectation, ProtocolResult } from './types'

/** Holds answers against expectations, by protocol. Both are compared as decimal text, so that a type that differs is no difference. */
export function judge(
  expectations: readonly Expectation[],
  answers: readonly unknown[],
): ReadonlyMap<string, ProtocolResult> {
  const results = new Map<string, { checked: number; unread: number; drifts: ProtocolResult['drifts'][number][] }>()
  for (const [index, { protocol, subject, figure, pick, expected }] of expectations.entries()) {
    const result = results.get(protocol) ?? { checked: 0, unread: 0, drifts: [] }
    results.set(protocol, result)
    const answer = answers[index]
    if (answer === undefined) {
      result.unread += 1
      continue
    }
    const onChain = String(pick === undefined ? answer : pick(answer as never))
    result.checked += 1
    if (onChain !== String(expected))
      result.drifts.push({ protocol, subject, figure, indexed: String(expected), onChain })
  }
  return results
}
