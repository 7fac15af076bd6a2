import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Devnet } from '../../devnet/types'
import { databaseFolder } from '../database/databaseFolder'
import { databaseOwner } from '../database/databaseOwner'
import { projectRoot } from '../projectRoot'

/** A data directory of the demo's own: the local chains have the same ids every time, so no database is used twice. */
export async function makeDemoDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'crossmargin-demo-'))
  // As root the database runs as another user, who must be able to enter.
  await chmod(directory, 0o755)
  return directory
}

export async function removeDemoDirectory(directory: string): Promise<void> {
  await rm(databaseFolder(directory, databaseOwner()), { recursive: true, force: true })
  await rm(directory, { recursive: true, force: true })
}

/** Writes the configuration file for the local chains, and the page with the list of seeded accounts beside it. */
export async function writeDemoFiles(
  directory: string,
  devnet: Devnet,
): Promise<{ configFile: string; webDirectory: string }> {
  const configFile = join(directory, 'config.json')
  await writeFile(configFile, `${JSON.stringify(devnet.config, null, 2)}\n`)
  const webDirectory = join(directory, 'web')
  const page = join(projectRoot(), 'dist/web')
  if (existsSync(page)) await cp(page, webDirectory, { recursive: true })
  else await mkdir(webDirectory)
  const accounts = devnet.accounts.map(({ address, shape, chains }) => ({ address, shape, chains }))
  await writeFile(join(webDirectory, 'demo.json'), JSON.stringify({ accounts }))
  return { configFile, webDirectory }
}
