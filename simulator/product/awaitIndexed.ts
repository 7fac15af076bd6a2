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

const pollMilliseconds = 10
const timeoutSeconds = 90

/** Waits until the chain's indexed head is exactly this block, by number and hash. */
export async function awaitIndexed(
  url: string,
  chain: string,
  block: { readonly number: bigint; readonly hash: Hash },
): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1000
  let seen = 'nothing'
  while (Date.now() < deadline) {
    const body = await fetch(`${url}/v1/status`)
      .then((response) => response.json() as Promise<StatusBody>)
      .catch(() => null)
    const indexed = body?.chains[chain]?.indexed ?? null
    if (indexed !== null && BigInt(indexed.blockNumber) === block.number && indexed.blockHash === block.hash) return
    seen = JSON.stringify(indexed)
    await delay(pollMilliseconds)
  }
  throw new NotIndexedError(chain, block.number, seen)
}
