import { UnexpectedAnswerError } from '../check/fetchJson'
import { NotIndexedError } from './awaitIndexed'

/** The product did not answer as it must, which is not the same as a wrong figure. */
export interface Failure {
  readonly chain: string
  readonly message: string
}

/** The product's own failings become findings of the run; anything else is a mistake of the simulator and thrown again. */
export function failureOf(chain: string, error: unknown): Failure {
  if (error instanceof NotIndexedError || error instanceof UnexpectedAnswerError) {
    return { chain, message: error.message }
  }
  throw error
}
