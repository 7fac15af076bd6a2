import { ConfigError } from '../../config/ConfigError'
import { loadConfig, noChainAdvice } from '../../config/load'
import type { Config } from '../../config/schema'
import { checkDatabase } from '../doctor/checkDatabase'
import { checkMachine } from '../doctor/checkMachine'
import { checkRpc } from '../doctor/checkRpc'
import { type Finding, finding, type Severity } from '../doctor/finding'
import { readSettings, type SettingFlags, type Settings } from '../settings'

/**
 * `crossmargin doctor`: looks at the configuration, every RPC, the database, the disk and the port, and says what to change.
 * @returns 0 when nothing is wrong but perhaps worth a warning, 1 with an error, 2 when the configuration cannot be used.
 */
export async function runDoctor(flags: SettingFlags): Promise<number> {
  const settings = readSettings(flags)
  const count: Record<Severity, number> = { ok: 0, warning: 0, error: 0 }
  const report = (findings: readonly Finding[]) => {
    for (const { severity, subject, message } of findings) {
      count[severity] += 1
      process.stdout.write(`${severity.padEnd(7)}  ${subject}: ${message}\n`)
    }
  }
  const { config, findings } = readConfig(settings)
  report(findings)
  for (const [chain, chainConfig] of Object.entries(config?.chains ?? {})) {
    for (const url of chainConfig.rpc) report(await checkRpc(chain, chainConfig, url))
  }
  report(await checkDatabase(settings))
  report(await checkMachine(settings))
  process.stdout.write(`doctor: ${count.ok} ok, ${count.warning} warnings, ${count.error} errors\n`)
  if (config === undefined) return 2
  return count.error === 0 ? 0 : 1
}

function readConfig({ configFile }: Settings): { config?: Config; findings: Finding[] } {
  const subject = configFile ?? 'configuration'
  try {
    const config = loadConfig(configFile)
    const chains = Object.keys(config.chains)
    if (chains.length > 0) return { config, findings: [finding('ok', subject, `chains ${chains.join(', ')}`)] }
    return { config, findings: [finding('warning', subject, noChainAdvice)] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { findings: error.issues.map(({ pointer, message }) => finding('error', `${subject} ${pointer}`, message)) }
  }
}
