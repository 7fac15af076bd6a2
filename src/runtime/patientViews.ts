import { setTimeout as delay } from 'node:timers/promises'
import type { Views } from './facts'
import { isSilence } from './isSilence'

const secondsBetween = 1

/**
 * Views that wait for a node. Ponder gives a read up after some tries, which would end the indexer in the middle of a block and take back every
 * block that is not final yet; waiting costs nothing but the time until a node is back.
 * @param blockNumber the event's block, unless the view names another. Reads that name none Ponder tries to foresee: it asks for many views at once
 * what it then needs one by one, which is for nothing, and asks contracts that burn their gas again and again.
 */
export function patientViews({ readContract, getBlock }: Views, blockNumber?: bigint): Views {
  const ofBlock: Read = (read) => readContract({ blockNumber, ...(read as Parameters<Views['readContract']>[0]) })
  return {
    readContract: patient(ofBlock) as Views['readContract'],
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
