import type pg from 'pg'
import type { PublicClient } from 'viem'

export interface ForkQuestion {
  readonly pool: pg.Pool
  readonly client: PublicClient
  readonly settings: { readonly chainId: number }
}

type CachedBlock = { readonly number: bigint; readonly hash: string }

/**
 * The first block that Ponder remembers otherwise than the chain has it now, `null` when it remembers the newest one right: everything before is then right as well. About as many
 * calls as the number of blocks remembered has binary digits.
 * @throws a viem error when no node answers.
 */
export async function findFork({ pool, client, settings }: ForkQuestion): Promise<bigint | null> {
  const cached = async (which: string, ...values: readonly string[]): Promise<CachedBlock | null> => {
    const { rows } = await pool.query<{ number: string; hash: string }>(
      `SELECT number::text, hash FROM ponder_sync.blocks WHERE chain_id = $1 AND ${which} LIMIT 1`,
      [settings.chainId, ...values],
    )
    return rows[0] === undefined ? null : { number: BigInt(rows[0].number), hash: rows[0].hash }
  }
  const isRight = async ({ number, hash }: CachedBlock) => (await hashAt(client, number)) === hash
  const newest = await cached('true ORDER BY number DESC')
  if (newest === null || (await isRight(newest))) return null
  // All blocks below `right` agree, `wrong` does not.
  let right = 0n
  let wrong = newest.number
  while (right < wrong) {
    const middle = await cached('number >= $2 ORDER BY number', String((right + wrong) / 2n))
    if (middle === null || middle.number >= wrong) {
      // Nothing is remembered between the middle and `wrong`.
      const below = await cached('number < $2 ORDER BY number DESC', String(wrong))
      if (below === null || below.number < right || (await isRight(below))) return wrong
      wrong = below.number
    } else if (await isRight(middle)) right = middle.number + 1n
    else wrong = middle.number
  }
  return wrong
}

async function hashAt(client: PublicClient, blockNumber: bigint): Promise<string | null> {
  const block = await client.getBlock({ blockNumber }).catch((error: Error) => {
    if (error.name === 'BlockNotFoundError') return null
    throw error
  })
  return block?.hash ?? null
}
