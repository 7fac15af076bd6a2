import { ApiProblem } from '../api/ApiProblem'
import { Unreachable } from '../api/Unreachable'

export interface ProblemText {
  readonly title: string
  readonly detail: string
}

/** What went wrong, in words a reader can act on. */
export function explainProblem(error: unknown): ProblemText {
  if (error instanceof Unreachable)
    return { title: 'The service does not answer', detail: 'It may be starting or stopped. The page keeps trying.' }
  if (!(error instanceof ApiProblem)) return { title: 'The page could not show this answer', detail: String(error) }
  switch (error.code) {
    case 'NOT_READY':
      return { title: 'The service is not ready yet', detail: `${error.detail} The page keeps trying.` }
    case 'RATE_LIMITED':
      return { title: 'Too many requests', detail: `${error.detail} The page tries again shortly.` }
    case 'BAD_ADDRESS':
      return {
        title: 'This address was probably mistyped',
        detail: 'Its capital letters do not fit its digits. Check it, or enter it in lower case if you are sure of it.',
      }
    case 'UNKNOWN_MODEL':
      return { title: 'This model is not offered here', detail: error.detail }
    default:
      return { title: 'The service could not give a figure', detail: error.detail }
  }
}
