import type { Drift, Expectation, ProtocolResult, Results } from './types'

/** Holds answers against expectations, by protocol. Both are compared as decimal text, so that a type that differs is no difference. */
export function judge(expectations: readonly Expectation[], answers: readonly unknown[]): Results {
  const results = new Map<string, { checked: number; unread: number; drifts: Drift[] }>()
  for (const [index, { protocol, subject, figure, pick, expected }] of expectations.entries()) {
    const result = results.get(protocol) ?? { checked: 0, unread: 0, drifts: [] }
    results.set(protocol, result)
    const answer = answers[index]
    if (answer === undefined) {
      result.unread += 1
      continue
    }
    const onChain = String(pick === undefined ? answer : pick(answer as never)).toLowerCase()
    result.checked += 1
    if (onChain !== String(expected).toLowerCase())
      result.drifts.push({ protocol, subject, figure, indexed: String(expected), onChain })
  }
  return results
}

/** Everything that was found, in one. */
export function mergeResults(parts: readonly Results[]): Results {
  const results = new Map<string, ProtocolResult>()
  for (const [protocol, { checked, unread, drifts }] of parts.flatMap((part) => [...part])) {
    const before = results.get(protocol) ?? { checked: 0, unread: 0, drifts: [] }
    results.set(protocol, {
      checked: before.checked + checked,
      unread: before.unread + unread,
      drifts: [...before.drifts, ...drifts],
    })
  }
  return results
}

/** What a second look found, with those differences only which the first look had found, too: a node may be behind or wrong for a moment. */
export function confirmedResults(first: Results, second: Results): Results {
  const keyOf = ({ subject, figure }: Drift) => `${subject} ${figure}`
  return new Map(
    [...second].map(([protocol, result]) => {
      const seen = new Set(first.get(protocol)?.drifts.map(keyOf))
      return [protocol, { ...result, drifts: result.drifts.filter((drift) => seen.has(keyOf(drift))) }]
    }),
  )
}

export function isDrifting(results: Results): boolean {
  return [...results.values()].some(({ drifts }) => drifts.length > 0)
}
