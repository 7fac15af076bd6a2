/** Base of every failure the engine reports: `pointer` is the JSON pointer (RFC 6901) of the offending input. */
export class EngineError extends Error {
  constructor(
    readonly code: string,
    readonly pointer: string,
    detail: string,
  ) {
    super(`${pointer === '' ? '/' : pointer}: ${detail}`)
    this.name = new.target.name
  }
}

/** A value of the wrong type, or a number that is not finite. */
export class BadTypeError extends EngineError {
  constructor(pointer: string, expected: string) {
    super('BAD_TYPE', pointer, `give ${expected}`)
  }
}

/** A well-typed value outside its bounds. */
export class OutOfRangeError extends EngineError {
  constructor(pointer: string, bounds: string) {
    super('OUT_OF_RANGE', pointer, `give a value ${bounds}`)
  }
}

/** A field that the format does not have; remove it or correct its name. */
export class UnknownFieldError extends EngineError {
  constructor(pointer: string) {
    super('UNKNOWN_FIELD', pointer, 'remove this field, the format does not have it')
  }
}

/** A model which does not exist. */
export class UnknownModelError extends EngineError {
  constructor(pointer: string, models: readonly string[]) {
    super('UNKNOWN_MODEL', pointer, `give one of ${models.join(', ')}`)
  }
}

/** A name that refers to nothing: a parameter set, class or scenario set. */
export class UnknownReferenceError extends EngineError {
  constructor(pointer: string, what: string) {
    super('NOT_FOUND', pointer, `name a known ${what}`)
  }
}

/** Two rows of one list share an id. */
export class DuplicateIdError extends EngineError {
  constructor(pointer: string) {
    super('DUPLICATE_ID', pointer, 'give every row of the list its own id')
  }
}

/** A position cannot be valued without this figure; a silent default would be a wrong margin. */
export class MissingMarketDataError extends EngineError {
  constructor(pointer: string, what: string) {
    super('PRICE_MISSING', pointer, `supply ${what}`)
  }
}
