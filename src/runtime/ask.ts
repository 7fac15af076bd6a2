import type { Views } from './facts'
import { isSilence } from './isSilence'
import type { Read } from './read'

/**
 * Asks one view that may be anybody's.
 * @returns null where the contract refuses, burns its gas, is not there or answers something else.
 * @throws when no node answered: that must not be taken for a refusal.
 */
export async function ask(views: Views, read: Read): Promise<unknown> {
  try {
    // Ponder would ask an address without code for a minute.
    return await views.readContract({ ...read, retryEmptyResponse: false } as Read)
  } catch (error) {
    if (isSilence(error)) throw error
    return null
  }
}
