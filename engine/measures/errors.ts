import { EngineError } from '../errors'

/** A series too short for the statistic to exist. */
export class TooFewObservationsError extends EngineError {
  constructor(
    pointer: string,
    readonly count: number,
    readonly needed: number,
  ) {
    super('TOO_FEW_OBSERVATIONS', pointer, `give at least ${needed} observations; there are ${count}`)
  }
}

/** Two inputs that must have the same length have not. */
export class DimensionMismatchError extends EngineError {
  constructor(
    pointer: string,
    readonly length: number,
    readonly expected: number,
  ) {
    super('DIMENSION_MISMATCH', pointer, `give ${expected} elements; there are ${length}`)
  }
}
