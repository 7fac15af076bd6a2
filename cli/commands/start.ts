import { readSettings, type SettingFlags } from '../settings'
import { startProduct } from '../supervisor/startProduct'
import { untilStopped } from '../untilStopped'

/** `crossmargin start`: database, one indexer per chain, API. */
export function runStart(flags: SettingFlags): Promise<number> {
  const settings = readSettings(flags)
  return untilStopped(
    (signal) => startProduct({ ...settings, signal }),
    ({ url }) => {
      process.stdout.write(`ready ${url}\n`)
      return undefined
    },
  )
}
