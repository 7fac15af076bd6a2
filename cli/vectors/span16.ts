import { margin } from '../../engine/index'
import { isObject, type Json, listAt } from './json'
import { broken, judge, skip } from './judge'
import type { VectorResult } from './vectorResult'

const TOLERANCE = 1e-12

function scanOf(order: readonly unknown[], pnl: readonly number[]): number {
  return margin({
    model: 'portfolio',
    at: 0,
    positions: [{ id: 'published', kind: 'perp', underlying: 'CONTRACT', quantity: 1 }],
    marketData: { assets: { CONTRACT: { indexPrice: 1 } }, riskArrays: { published: pnl } },
    parameters: {
      extends: 'span16',
      // Published arrays hold the cover fraction of the extreme scenarios already.
      scenarioSets: { published: { scenarios: order.map((id) => ({ id, price: 1, vol: 0, weight: 1 })) } },
    },
  }).components.scan
}

/** Checks a SPAN file: the scan risk of every published risk array. */
export function checkSpan16(file: Json): VectorResult[] {
  const order = listAt(file, 'scenarioOrder')
  return Object.entries(file).flatMap(([id, value]) => {
    if (!isObject(value) || !Array.isArray(value.pnl)) return []
    const { scanRisk, pnl } = value
    if (typeof scanRisk !== 'number') return [skip(id, TOLERANCE, 'no scan risk')]
    try {
      const actual = scanOf(order, pnl as number[])
      return [judge(id, [{ actual, expected: scanRisk, pointer: '/scanRisk' }], TOLERANCE)]
    } catch (error) {
      return [broken(id, TOLERANCE, error)]
    }
  })
}
