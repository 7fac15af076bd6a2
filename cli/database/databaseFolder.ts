import { createHash } from 'node:crypto'
import { chownSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseError } from './DatabaseError'
import { type DatabaseOwner, isReachable } from './databaseOwner'

/** Where things go that the database's own user must reach when the project lies below a closed folder. */
export const systemFolder = '/var/lib/crossmargin'

/**
 * The folder of the embedded database: `postgres` inside the data directory, or, when the database's user cannot enter that
 * (a clone below a 0700 folder of root), one in /var/lib/crossmargin named for the data directory.
 */
export function databaseFolder(dataDirectory: string, owner: DatabaseOwner | undefined): string {
  const inside = join(resolve(dataDirectory), 'postgres')
  const name = createHash('sha256').update(resolve(dataDirectory)).digest('hex').slice(0, 12)
  const folder = owner === undefined || isReachable(inside, owner) ? inside : join(systemFolder, name)
  try {
    // The folders above must stay open to the owner, so they are made apart from the closed one.
    mkdirSync(dirname(folder), { recursive: true, mode: 0o755 })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  } catch (error) {
    throw new DatabaseError(
      `the database folder ${folder} cannot be made (${(error as Error).message}); set CROSSMARGIN_DATA_DIR to a writable folder`,
    )
  }
  return folder
}
