import { resolve } from 'node:path'
import { UsageError } from './UsageError'

export type SettingFlags = { readonly config?: string; readonly port?: string; readonly chain?: string }

/** Where and with what the product runs: flag over environment over default. */
export type Settings = {
  readonly configFile: string | undefined
  /** 0 = any free port. */
  readonly port: number
  readonly host: string
  readonly dataDirectory: string
  /** Without one the embedded database of the data directory is used. */
  readonly databaseUrl: string | undefined
}

const defaultPort = 8787

/** @throws UsageError when a value cannot be used. */
export function readSettings(flags: SettingFlags, environment: NodeJS.ProcessEnv = process.env): Settings {
  const configFile = flags.config ?? nonEmpty(environment.CROSSMARGIN_CONFIG)
  return {
    configFile: configFile === undefined ? undefined : resolve(configFile),
    port:
      portNumber(flags.port, '--port') ??
      portNumber(nonEmpty(environment.CROSSMARGIN_PORT), 'CROSSMARGIN_PORT') ??
      defaultPort,
    host: nonEmpty(environment.CROSSMARGIN_HOST) ?? '127.0.0.1',
    dataDirectory: resolve(nonEmpty(environment.CROSSMARGIN_DATA_DIR) ?? '.crossmargin'),
    databaseUrl: databaseUrl(nonEmpty(environment.DATABASE_URL)),
  }
}

function portNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new UsageError(`${name} is "${text}"; give a port from 0 (any free one) to 65535`)
  return port
}

function databaseUrl(text: string | undefined): string | undefined {
  if (text !== undefined && !/^postgres(ql)?:\/\//.test(text)) {
    throw new UsageError(
      'DATABASE_URL is not a PostgreSQL address; give one such as postgresql://user:password@host:5432/database',
    )
  }
  return text
}

/** A variable that is set to nothing counts as not set. */
function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text
}
