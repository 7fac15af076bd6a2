import type { Instrument, ResolvedUnderlying, RiskArrayTable, ScenarioSet, Tick } from '../types'
import { type Factors, underlyingRow } from './factors'
import { fillRiskArray } from './fillRiskArray'
import type { Shocks } from './shocks'

/** Where the P&L per unit of an account's instruments stands: instrument i, scenario s at `pnl[rows[i]·scenarios + s]`. */
export interface RiskArrays {
  readonly scenarios: number
  readonly rows: Int32Array
  readonly pnl: Float64Array
}

/** Name of the scenario set whose volatility, forward and discount rules hold for an underlying. */
export type SetOf = (underlying: ResolvedUnderlying) => string

const FIRST_ROWS = 16

/** Everything in a tick on which the P&L per unit depends: the same text, the same row. */
function contractOf(instrument: Instrument, setName: string): string {
  const { kind, underlying, published } = instrument
  if (published !== null) return JSON.stringify(['published', instrument.id])
  switch (instrument.kind) {
    case 'option': {
      const { expiry, strike, isCall, vol } = instrument
      return JSON.stringify([kind, underlying, setName, expiry, strike, isCall, vol])
    }
    case 'future':
      return JSON.stringify([kind, underlying, setName, instrument.expiry, instrument.markPrice])
    case 'perp':
    case 'spot':
      return JSON.stringify([kind, underlying, setName, instrument.markPrice])
  }
}

function tableFor({ memory }: Tick, { key, count }: Shocks): RiskArrayTable {
  const known = key === null ? undefined : memory.riskArrays.get(key)
  if (known !== undefined) return known
  const table = { scenarios: count, rows: new Map<string, number>(), pnl: new Float64Array(FIRST_ROWS * count) }
  if (key !== null) memory.riskArrays.set(key, table)
  return table
}

function addRow(table: RiskArrayTable, contract: string): number {
  const row = table.rows.size
  const end = (row + 1) * table.scenarios
  if (end > table.pnl.length) {
    const longer = new Float64Array(2 * end)
    longer.set(table.pnl)
    table.pnl = longer
  }
  table.rows.set(contract, row)
  return row
}

/**
 * Risk arrays of an account's instruments. The P&L per unit depends on the market, the contract's terms and the moves alone, so a
 * contract is revalued when the first account of a tick holds it and its row then serves every account.
 */
export function riskArrays(
  tick: Tick,
  instruments: readonly Instrument[],
  factors: Factors,
  shocks: Shocks,
  setOf: SetOf,
): RiskArrays {
  const { at, market, parameters } = tick
  const table = tableFor(tick, shocks)
  const rows = Int32Array.from(instruments, (instrument) => {
    const underlying = market.assets.get(instrument.underlying) as ResolvedUnderlying
    const setName = setOf(underlying)
    const contract = contractOf(instrument, setName)
    const known = table.rows.get(contract)
    if (known !== undefined) return known
    const row = addRow(table, contract)
    const offset = row * table.scenarios
    if (instrument.published !== null) table.pnl.set(instrument.published, offset)
    else {
      const moved = underlyingRow(factors, market, instrument.underlying)
      const set = parameters.scenarioSets[setName] as ScenarioSet
      fillRiskArray(table.pnl, offset, instrument, underlying, at, moved, shocks, set)
    }
    return row
  })
  return { scenarios: table.scenarios, rows, pnl: table.pnl }
}
