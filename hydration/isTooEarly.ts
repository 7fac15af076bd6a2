import { NothingIndexedError } from '../src/api/read/errors'
import { NotYetError } from './readSetting'

/** Nothing is indexed yet, or not far enough: a matter of waiting. */
export function isTooEarly(error: unknown): boolean {
  return error instanceof NotYetError || error instanceof NothingIndexedError
}
