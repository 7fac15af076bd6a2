import type pg from 'pg'

/** Under which PostgreSQL knows whoever hydrates a chain; any number nobody else uses. */
const lockSpace = 7_201

/** Runs something while nobody else hydrates the chain, having waited for whoever does: two of them would read the same accounts twice. */
export function whileAlone<T>(pool: pg.Pool, chainId: number, work: () => Promise<T>): Promise<T> {
  return locked(pool, chainId, 'SELECT pg_advisory_lock($1, $2), true AS mine', work) as Promise<T>
}

/** Runs something if nobody else hydrates the chain; null when somebody does. */
export function ifAlone<T>(pool: pg.Pool, chainId: number, work: () => Promise<T>): Promise<T | null> {
  return locked(pool, chainId, 'SELECT pg_try_advisory_lock($1, $2) AS mine', work)
}

/** The lock is the connection's, so it ends with the process, however that ends. */
async function locked<T>(pool: pg.Pool, chainId: number, statement: string, work: () => Promise<T>): Promise<T | null> {
  const client = await pool.connect()
  let lost: Error | undefined
  try {
    const { rows } = await client.query<{ mine: boolean }>(statement, [lockSpace, chainId])
    if (!rows[0]!.mine) return null
    return await work()
  } finally {
    // If the connection was lost meanwhile, so was the lock: that costs at most some reading done twice.
    await client.query('SELECT pg_advisory_unlock_all()').catch((error: Error) => {
      lost = error
    })
    client.release(lost)
  }
}
