import { evaluateScenario } from './evaluateScenario'
import type { CompiledLendingUnit, UnitScenarioValues } from './types'

/**
 * E, bad debt and W of one unit in many scenarios; allocates nothing.
 *
 * The price of leg k in scenario s is `oracle[rows[k]·stride + s]` (and `mark` alike), USD ≥ 0: units share one price
 * matrix, a row per asset. Writes `out.…[s]` for s < scenarios. The rules are those of `evaluateLendingUnit`.
 */
export function evaluateLendingUnitScenarios(
  unit: CompiledLendingUnit,
  oracle: Float64Array,
  mark: Float64Array,
  rows: Int32Array,
  stride: number,
  scenarios: number,
  out: UnitScenarioValues,
): void {
  for (let scenario = 0; scenario < scenarios; scenario++) {
    evaluateScenario(unit, oracle, mark, rows, stride, scenario, out)
  }
}
