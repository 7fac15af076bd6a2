import { setTimeout as delay } from 'node:timers/promises'
import type { Views } from './facts'
import { isSilence } from './isSilence'

const secondsBetween = 1

/**
 * Views that wait for a node. Ponder gives a read up after some tries, which would end the indexer in the middle of a block and take back every
 * block that is not final yet; waiting costs nothing but the time until a node is back.
 */
export function patientViews({ readContract, getBlock }: Views): Views {
  return {
    readContract: patient(readContract as Read) as Views['readContract'],
    getBlock: patient(getBlock as Read) as Views['getBlock'],
  }
}

type Read = (question: unknown) => Promise<unknown>

function patient(read: Read): Read {
  return async (question) => {
    for (;;) {
      try {
        return await read(question)
      } catch (error) {
        if (!isSilence(error)) throw error
      }
      await delay(secondsBetween * 1000)
    }
  }
}
