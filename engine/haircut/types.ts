import type { HaircutStep } from '../types/report'

/** A step's decision for one holding: the rule that decided and the fraction it takes, in [0,1]. */
export interface Deduction {
  readonly step: string
  readonly rule: string
  readonly haircut: number
}

/** From value to credit, every step visible: value − steps[0].amount − steps[1].amount − … = credit, exactly, in that order. */
export interface Waterfall {
  readonly id: string
  /** Before any step, USD: market value of a holding, equity of a lending unit. */
  readonly value: number
  readonly steps: readonly HaircutStep[]
  readonly credit: number
  /** Π(1 − haircut) of the steps after encumbrance: what is left of one USD that can be relied on, also at other prices. */
  readonly retained: number
  /** Why the credit is 0 although there is a value. */
  readonly reasonCode: string | null
}
