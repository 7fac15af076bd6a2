import type { ScenarioRule } from '../types'

interface GridTerms {
  /** Largest price move of the grid, fraction. */
  readonly range: number
  /** Steps from the centre to the edge. */
  readonly steps: number
  readonly vol: { readonly up: number; readonly down: number }
  /** Price moves beyond the grid; their weight is min(1, tailWeight ÷ |move|). */
  readonly tails: readonly number[]
  readonly tailWeight: number
  /** Moves of wrappers in their underlying, on the grid and in the tails; 0 = none. */
  readonly ratio: { readonly grid: number; readonly tails: number }
}

function percent(move: number): string {
  return `${move > 0 ? '+' : ''}${Math.round(move * 10_000) / 100}%`
}

function rule(move: number, vol: number, ratio: number, weight: number): ScenarioRule {
  const volName = vol === 0 ? '' : ` vol${vol > 0 ? '+' : '-'}`
  const ratioName = ratio === 0 ? '' : ` ratio${percent(ratio)}`
  return { id: `${percent(move)}${volName}${ratioName}`, price: 1 + move, vol, skew: 'none', ratio, weight }
}

/** Spot × volatility grid with weighted tails, and the same again with wrappers off their peg. */
export function scenarioGrid({ range, steps, vol, tails, tailWeight, ratio }: GridTerms): readonly ScenarioRule[] {
  const moves = Array.from({ length: 2 * steps + 1 }, (_, index) => ((index - steps) * range) / steps)
  const vols = [...new Set([vol.up, 0, -vol.down])].map((value) => value + 0)
  const grid = (wrapperMove: number) => moves.flatMap((move) => vols.map((value) => rule(move, value, wrapperMove, 1)))
  const beyond = (wrapperMove: number) =>
    tails.map((move) => rule(move, vol.up, wrapperMove, Math.min(1, tailWeight / Math.abs(move))))
  return [
    ...grid(0),
    ...beyond(0),
    ...(ratio.grid === 0 ? [] : grid(ratio.grid)),
    ...(ratio.tails === 0 ? [] : beyond(ratio.tails)),
  ]
}
