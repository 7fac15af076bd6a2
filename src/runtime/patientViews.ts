import { setTimeout as delay } from 'node:timers/promises'
import type { Views } from './facts'
import { isSilence } from './isSilence'

const secondsBetween = 1

/**
 * Views that wait for a node. Ponder gives a read up after some tries, which would end the indexer in the middle of a block and take back every
 * block that is not final yet; waiting costs nothing but the time until a node is back.
 */
export function patientViews({ readContract }: Views): Views {
  const patient = async (read: Parameters<Views['readContract']>[0]): Promise<unknown> => {
    for (;;) {
      try {
        return await readContract(read)
      } catch (error) {
        if (!isSilence(error)) throw error
      }
      await delay(secondsBetween * 1000)
    }
  }
  return { readContract: patient as Views['readContract'] }
}
