import { exp } from '../../engine/math/exp'
import { log } from '../../engine/math/log'
import { normalCdf } from '../../engine/math/normalCdf'
import { agedWeights } from '../../engine/measures/tail/agedWeights'
import { filteredMoves } from '../../engine/measures/tail/filteredMoves'
import { flooredMoves } from '../../engine/measures/tail/flooredMoves'
import { flooredVariance } from '../../engine/measures/volatility/flooredVariance'

/** How the outcomes of tomorrow are guessed from a window of the past. */
export interface Method {
  readonly id: string
  readonly description: string
  readonly outcomes: (window: readonly Float64Array[]) => {
    readonly moves: readonly ArrayLike<number>[]
    readonly weights?: ArrayLike<number>
  }
}

const DECAY = 0.98
const GRID = 1000

/** Midpoints of a thousand equally likely slices of the standard normal distribution. */
const normalGrid = Float64Array.from({ length: GRID }, (_, k) => normalQuantile((k + 0.5) / GRID))

function normalQuantile(probability: number): number {
  let [low, high] = [-10, 10]
  for (let halving = 0; halving < 60; halving += 1) {
    const middle = (low + high) / 2
    if (normalCdf(middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

export const methods: readonly Method[] = [
  {
    id: 'historical',
    description: 'the days of the window, equally likely',
    outcomes: (window) => ({ moves: window }),
  },
  {
    id: 'weighted',
    description: `the days of the window, weights ${DECAY} to the power of their age`,
    outcomes: (window) => ({ moves: window, weights: agedWeights(window[0]!.length, DECAY) }),
  },
  {
    id: 'filtered',
    description: 'each day of the window rescaled from its EWMA volatility (λ 0.94) to that of today',
    outcomes: (window) => ({ moves: filteredMoves(window) }),
  },
  {
    id: 'floored',
    description: 'the same, rescaled to max(fast, slow, 0.75·slow + 0.25·stress)',
    outcomes: (window) => ({ moves: flooredMoves(window) }),
  },
  {
    id: 'haircut',
    description: 'normal moves of the floored volatility, all assets falling together: z·σ of the market haircut',
    outcomes: (window) => ({
      moves: window.map((series) => {
        const deviation = Math.sqrt(flooredVariance(series.map((r) => log(1 + r))).variance)
        return normalGrid.map((z) => exp(z * deviation) - 1)
      }),
    }),
  },
]
