import { join } from 'node:path'
import { readSettings, type SettingFlags } from '../settings'
import { startProduct } from '../supervisor/startProduct'
import { untilStopped } from '../untilStopped'

/** `crossmargin api`: the API alone, reading what indexers elsewhere write to the same database. */
export function runApi(flags: SettingFlags): Promise<number> {
  const settings = readSettings(flags)
  // Parts that share a database need not share a directory: each keeps its own lock and run file.
  const dataDirectory =
    settings.databaseUrl === undefined ? settings.dataDirectory : join(settings.dataDirectory, 'api')
  return untilStopped(
    (signal) => startProduct({ ...settings, dataDirectory, chains: [], signal }),
    ({ url }) => {
      process.stdout.write(`ready ${url}\n`)
      return undefined
    },
  )
}
