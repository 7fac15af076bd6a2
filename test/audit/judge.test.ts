import { zeroAddress } from 'viem'
import { describe, expect, it } from 'vitest'
import { confirmedResults, isDrifting, judge, mergeResults } from '../../audit/judge'
import type { Expectation } from '../../audit/types'

const expectation = (figure: string, expected: unknown, pick?: Expectation['pick']): Expectation => ({
  ...{ protocol: 'aave-v3', subject: '0xa', figure, expected },
  ...(pick && { pick }),
  view: { address: zeroAddress, abi: [], functionName: figure },
})

describe('answers against expectations', () => {
  it('agree whatever their types are, and whatever the case of an address', () => {
    const results = judge(
      [expectation('supply', '12'), expectation('emode', 1), expectation('asset', '0xab')],
      [12n, 1n, '0xAB'],
    )
    expect(results.get('aave-v3')).toEqual({ checked: 3, unread: 0, drifts: [] })
  })

  it('differ by one unit, with both told; what did not answer is not counted', () => {
    const first = (answer: readonly bigint[]) => answer[0]
    const results = judge([expectation('supply', 12n, first), expectation('debt', 0n)], [[13n], undefined])
    expect(results.get('aave-v3')).toEqual({
      checked: 1,
      unread: 1,
      drifts: [{ protocol: 'aave-v3', subject: '0xa', figure: 'supply', indexed: '12', onChain: '13' }],
    })
  })

  it('are believed to differ only when a second look finds the same', () => {
    const first = judge([expectation('supply', 1n), expectation('debt', 1n)], [2n, 1n])
    const second = judge([expectation('supply', 1n), expectation('debt', 1n)], [1n, 2n])
    expect(isDrifting(confirmedResults(first, second))).toBe(false)
    expect(isDrifting(confirmedResults(first, first))).toBe(true)
  })

  it('add up over what was found in several ways', () => {
    const results = judge([expectation('supply', 1n)], [2n])
    expect(mergeResults([results, results]).get('aave-v3')).toMatchObject({ checked: 2, drifts: [{}, {}] })
  })
})
