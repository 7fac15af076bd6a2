/** RFC 9457 problems: every refusal of the API, with a stable code and the place of what was wrong. */

const statusOf = {
  BAD_ADDRESS: 400,
  BAD_CHAIN: 400,
  BAD_TYPE: 400,
  UNKNOWN_FIELD: 400,
  UNKNOWN_MODEL: 400,
  OUT_OF_RANGE: 400,
  TOO_MANY_ITEMS: 400,
  NOT_FOUND: 404,
  BODY_TOO_LARGE: 413,
  AT_NOT_INDEXED: 422,
  NOT_READY: 503,
} as const

export type ProblemCode = keyof typeof statusOf
export type ProblemStatus = (typeof statusOf)[ProblemCode] | 415 | 422

const titleOf: Readonly<Record<ProblemCode, string>> = {
  BAD_ADDRESS: 'Not an address',
  BAD_CHAIN: 'No such chain',
  BAD_TYPE: 'Wrong type or form',
  UNKNOWN_FIELD: 'Unknown field',
  UNKNOWN_MODEL: 'No such model',
  OUT_OF_RANGE: 'Out of range',
  TOO_MANY_ITEMS: 'Too many items',
  NOT_FOUND: 'Not found',
  BODY_TOO_LARGE: 'Body too large',
  AT_NOT_INDEXED: 'Instant not indexed',
  NOT_READY: 'Not ready',
}

/** A request that cannot be answered. `pointer` is the JSON pointer into the body, or `/name` of a path or query parameter. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: ProblemStatus
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly pointer: string,
    status: ProblemStatus = statusOf[code],
  ) {
    super(detail)
    this.status = status
  }
}

export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  readonly pointer: string
}

export function problemBody({ code, detail, pointer, status }: Problem): ProblemBody {
  return {
    type: `https://crossmargin.dev/problems/${code.toLowerCase().replaceAll('_', '-')}`,
    title: titleOf[code],
    status,
    detail,
    code,
    pointer,
  }
}
