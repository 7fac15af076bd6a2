import pg from 'pg'

/** A pool whose connections may break at any moment, idle or in use: the next query says so, and no process ends for it. */
export function openPool(connectionString: string, applicationName: string, connections: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: connections, application_name: applicationName })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
