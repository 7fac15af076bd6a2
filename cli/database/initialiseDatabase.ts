import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { spawnChild } from '../processes/spawnChild'
import { DatabaseError } from './DatabaseError'
import type { DatabaseOwner } from './databaseOwner'

export const databaseUser = 'crossmargin'

/**
 * Makes a database cluster in `folder`/data unless one is there, and returns its password. The cluster is made beside its place
 * and moved when whole, so an interrupted first start leaves nothing half made.
 */
export async function initialiseDatabase(
  folder: string,
  initdb: string,
  owner: DatabaseOwner | undefined,
): Promise<{ readonly data: string; readonly password: string }> {
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  if (existsSync(join(data, 'PG_VERSION'))) return { data, password: (await readFile(passwordFile, 'utf8')).trim() }

  const staging = join(folder, 'data.new')
  await rm(staging, { recursive: true, force: true })
  const password = randomBytes(18).toString('base64url')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (owner !== undefined) await chown(passwordFile, owner.uid, owner.gid)

  const output: string[] = []
  const child = await spawnChild({
    command: initdb,
    args: [
      ...['-D', staging, '-U', databaseUser, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
      ...['-E', 'UTF8', '--no-locale', '--no-sync', '--no-instructions'],
    ],
    cwd: folder,
    owner,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    onStdout: (line) => output.push(line),
    onStderr: (line) => output.push(line),
  })
  const { code } = await child.exited
  if (code !== 0) {
    throw new DatabaseError(
      `the database in ${folder} could not be created; initdb said:\n${output.slice(-6).join('\n')}`,
    )
  }
  await rename(staging, data)
  return { data, password }
}
