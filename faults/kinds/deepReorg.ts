import { setTimeout as delay } from 'node:timers/promises'
import type { DevnetChain } from '../../devnet/types'
import type { Fault } from '../types'
import { replaceBlocks } from './replaceBlocks'

/** Ponder lets go of what lies 30 blocks back only once it is 60 blocks back. */
const fewestBlocks = 62
const mostBlocks = 70
/** Older blocks are of the seeded past, with days between them: without those, prices would be days old. */
const oldestSeconds = 1_800

/** The chain itself turns to another fork, from further back than an indexer can follow; what was indexed of the dead one is remembered. */
export function deepReorg(chain: string): Fault {
  return {
    name: 'deep reorg',
    chains: [chain],
    isTotal: false,
    async begin(stage) {
      const depth = stage.random.integer(fewestBlocks, mostBlocks)
      while (!(await isRecent(stage.devnet.chain(chain), depth))) await delay(1_000)
      await replaceBlocks(stage, chain, depth, stage.random)
      return { changed: depth, end: async () => undefined }
    },
  }
}

async function isRecent({ client }: DevnetChain, depth: number): Promise<boolean> {
  const head = await client.getBlockNumber({ cacheTime: 0 })
  const { timestamp } = await client.getBlock({ blockNumber: head - BigInt(depth) })
  return Date.now() / 1000 - Number(timestamp) < oldestSeconds
}
