import { join } from 'node:path'
import { loadConfig } from '../../config/load'
import { readSettings, type SettingFlags } from '../settings'
import { startProduct } from '../supervisor/startProduct'
import { UsageError } from '../UsageError'
import { untilStopped } from '../untilStopped'

/** `crossmargin indexer --chain NAME`: the indexer of one chain alone. */
export function runIndexer(flags: SettingFlags): Promise<number> {
  const settings = readSettings(flags)
  const known = Object.keys(loadConfig(settings.configFile).chains)
  const { chain } = flags
  if (chain === undefined || !known.includes(chain)) {
    throw new UsageError(
      `--chain ${chain ?? ''} names no configured chain; configured are: ${known.join(', ') || 'none'}`,
    )
  }
  const dataDirectory =
    settings.databaseUrl === undefined ? settings.dataDirectory : join(settings.dataDirectory, `indexer-${chain}`)
  const onIndexed = (_chain: string, schema: string) => void process.stdout.write(`ready ${schema}\n`)
  return untilStopped(
    (signal) => startProduct({ ...settings, dataDirectory, chains: [chain], api: false, signal, onIndexed }),
    () => undefined,
  )
}
