import type pg from 'pg'
import type { PublicClient } from 'viem'

export interface ForkQuestion {
  readonly pool: pg.Pool
  readonly client: PublicClient
  readonly settings: { readonly chainId: number }
}

type CachedBlock = { readonly number: bigint; readonly hash: string }

/**
 * Where what Ponder remembers of a chain leaves the chain as it is now: the block after the last one that it remembers right, `null` when it remembers the newest one right. It
 * remembers few of the older blocks, so the fork itself may be later. About as many calls as the newest number has binary digits.
 * @throws a viem error when no node answers.
 */
export async function findFork({ pool, client, settings }: ForkQuestion): Promise<bigint | null> {
  /** The newest block remembered between two numbers. */
  const remembered = async (from: bigint, to: bigint | null): Promise<CachedBlock | null> => {
    const { rows } = await pool.query<{ number: string; hash: string }>(
      `SELECT b.number::text, b.hash FROM ponder_sync.blocks b
       WHERE b.chain_id = $1 AND b.number >= $2 AND ($3::bigint IS NULL OR b.number <= $3) ORDER BY b.number DESC LIMIT 1`,
      [settings.chainId, String(from), to === null ? null : String(to)],
    )
    return rows[0] === undefined ? null : { number: BigInt(rows[0].number), hash: rows[0].hash }
  }
  const isWrong = async ({ number, hash }: CachedBlock) => (await hashAt(client, number)) !== hash
  const newest = await remembered(0n, null)
  if (newest === null || !(await isWrong(newest))) return null
  let unknown = 0n
  let wrong = newest.number
  while (unknown < wrong) {
    const middle = (unknown + wrong) / 2n
    const block = await remembered(unknown, middle)
    if (block !== null && (await isWrong(block))) wrong = block.number
    else unknown = middle + 1n
  }
  const lastRight = wrong === 0n ? null : await remembered(0n, wrong - 1n)
  return lastRight === null ? 0n : lastRight.number + 1n
}

async function hashAt(client: PublicClient, blockNumber: bigint): Promise<string | null> {
  const block = await client.getBlock({ blockNumber }).catch((error: Error) => {
    if (error.name === 'BlockNotFoundError') return null
    throw error
  })
  return block?.hash ?? null
}
