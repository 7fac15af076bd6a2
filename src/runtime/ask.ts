import type { Views } from './facts'
import { causesOf, isSilence } from './isSilence'
import type { Read } from './read'

/**
 * Asks one view that may be anybody's.
 * @returns null where the contract refuses, burns its gas, is not there or answers something else.
 * @throws when no node answered, or when the question itself is wrong: neither must be taken for a refusal.
 */
export async function ask(views: Views, read: Read): Promise<unknown> {
  try {
    // Ponder would ask an address without code for a minute.
    return await views.readContract({ ...read, retryEmptyResponse: false } as Read)
  } catch (error) {
    if (isSilence(error) || !wasCalled(error)) throw error
    return null
  }
}

/** The question was put to the contract: what goes wrong before that is no word of the contract's. */
function wasCalled(error: unknown): boolean {
  return causesOf(error).some(({ name }) => name === 'ContractFunctionExecutionError')
}
