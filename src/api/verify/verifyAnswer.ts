import { readStrictJson, StrictJsonError } from './readStrictJson'
import { type Replay, replay } from './replay'

export type Verification =
  | Replay
  /** The text is not in the form of an answer; nothing was computed. */
  | { readonly kind: 'unreadable'; readonly pointer: string; readonly reason: string }

/**
 * Checks the text of an answer asked for with `include=facts`: computes it again from the facts and the request it carries, and
 * compares every field with what it says. Needs neither database nor network, and runs in Node and in browsers alike.
 *
 * What it proves: these figures follow from these facts, and `stateHash` is the hash of facts, instant, parameters and request. That the
 * chains said so is for others to check, at the blocks that `asOf` names.
 */
export function verifyAnswer(text: string): Verification {
  try {
    return replay(readStrictJson(text))
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error
    return { kind: 'unreadable', pointer: error.pointer, reason: error.reason }
  }
}
