import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseError } from './DatabaseError'

/** The system user PostgreSQL runs as when we are root, which PostgreSQL refuses to be. */
export type DatabaseOwner = { readonly uid: number; readonly gid: number }

/** `undefined` when we are an ordinary user ourselves; as root the `postgres` user, which is created when the machine has none. */
export function databaseOwner(): DatabaseOwner | undefined {
  if (process.getuid?.() !== 0) return undefined
  return findOwner() ?? createOwner()
}

/** Whether `owner` can enter every folder on the way to `path`; folders that do not exist yet are left out. */
export function isReachable(path: string, owner: DatabaseOwner): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const entry = statSync(folder, { throwIfNoEntry: false })
    if (entry !== undefined) {
      const bit = entry.uid === owner.uid ? 0o100 : entry.gid === owner.gid ? 0o010 : 0o001
      if ((entry.mode & bit) === 0) return false
    }
    if (folder === dirname(folder)) return true
  }
}

function findOwner(): DatabaseOwner | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

function createOwner(): DatabaseOwner {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'], {
      stdio: 'pipe',
    })
  } catch (error) {
    throw new DatabaseError(
      `PostgreSQL does not run as root and the user "postgres" could not be created (${(error as Error).message.trim()}); ` +
        'create that user, run crossmargin as another user, or set DATABASE_URL to a running PostgreSQL',
    )
  }
  const owner = findOwner()
  if (owner === undefined) throw new DatabaseError('the user "postgres" was created but is not known to the system')
  return owner
}
