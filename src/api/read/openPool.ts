import { Pool } from 'pg'

export interface PoolOptions {
  readonly name: string
  readonly connections: number
  /** Told when a connection breaks while idle. */
  readonly onIdleError?: ((error: Error) => void) | undefined
}

/** Connections of the API. One that breaks is replaced on the next use; the next use says if it cannot be. */
export function openPool(connectionString: string, { name, connections, onIdleError }: PoolOptions): Pool {
  const pool = new Pool({
    ...{ connectionString, max: connections, application_name: name },
    ...{ connectionTimeoutMillis: 15_000, statement_timeout: 15_000 },
  })
  pool.on('error', (error) => onIdleError?.(error))
  // One that breaks while it is in use fails its query, which is answer enough.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
