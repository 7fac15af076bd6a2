import { setTimeout as delay } from 'node:timers/promises'
import type { Hash } from 'viem'

/** Thrown when a block does not show up over HTTP in time. */
export class NotIndexedError extends Error {
  override readonly name = 'NotIndexedError'
  constructor(chain: string, blockNumber: bigint, seen: string) {
    super(`Block ${blockNumber} of chain ${chain} was not indexed in time; the status says ${seen}`)
  }
}

interface StatusBody {
  readonly chains: Readonly<
    Record<string, { readonly indexed: { readonly blockNumber: string; readonly blockHash: Hash } | null }>
  >
}

/** Looks again soon at first, then less and less often: an indexer that starts needs the processor for itself. */
const firstPauseMilliseconds = 15
const pauseGrowth = 1.4
const longestPauseMilliseconds = 250
const timeoutSeconds = 240

/** Waits until the chain's indexed head is exactly this block, by number and hash. */
export async function awaitIndexed(
  url: string,
  chain: string,
  block: { readonly number: bigint; readonly hash: Hash },
): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1000
  let seen = 'nothing'
  let pause = firstPauseMilliseconds
  while (Date.now() < deadline) {
    const status = await readStatus(url)
    if (typeof status === 'string') seen = status
    else {
      const indexed = status.chains[chain]?.indexed ?? null
      if (indexed !== null && BigInt(indexed.blockNumber) === block.number && indexed.blockHash === block.hash) return
      seen = JSON.stringify(indexed)
    }
    await delay(pause)
    pause = Math.min(pause * pauseGrowth, longestPauseMilliseconds)
  }
  throw new NotIndexedError(chain, block.number, seen)
}

/** The status, or in words why there is none. */
async function readStatus(url: string): Promise<StatusBody | string> {
  try {
    const response = await fetch(`${url}/v1/status`)
    const text = await response.text()
    return response.ok ? (JSON.parse(text) as StatusBody) : `${response.status} ${text.slice(0, 300)}`
  } catch (error) {
    return String(error)
  }
}
