import type { z } from 'zod'
import { pointerOf } from './pointerOf'
import { Problem, type ProblemCode } from './problem'

/** Reads outside input with a schema; the first thing wrong with it becomes the problem that is answered. */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw toProblem(result.error.issues[0]!)
}

/** A check's own code, given as `params: { code }`. */
export function withCode(code: ProblemCode, message: string) {
  return { message, params: { code } }
}

function toProblem(issue: z.core.$ZodIssue): Problem {
  switch (issue.code) {
    case 'unrecognized_keys':
      return new Problem(
        'UNKNOWN_FIELD',
        'remove this field or check its spelling',
        pointerOf([...issue.path, issue.keys[0]!]),
      )
    case 'custom':
      return new Problem((issue.params?.code as ProblemCode) ?? 'OUT_OF_RANGE', issue.message, pointerOf(issue.path))
    case 'too_big':
      return issue.origin === 'array'
        ? new Problem('TOO_MANY_ITEMS', `at most ${issue.maximum} items`, pointerOf(issue.path))
        : new Problem('OUT_OF_RANGE', issue.message, pointerOf(issue.path))
    case 'too_small':
      return new Problem('OUT_OF_RANGE', issue.message, pointerOf(issue.path))
    case 'invalid_value':
      return new Problem(
        issue.path.at(-1) === 'model' ? 'UNKNOWN_MODEL' : 'BAD_TYPE',
        `give one of ${issue.values.join(', ')}`,
        pointerOf(issue.path),
      )
    default:
      return new Problem('BAD_TYPE', issue.message, pointerOf(issue.path))
  }
}
