import pg from 'pg'
import { loadConfig } from '../../config/load'
import { openDatabase } from '../../src/api/read/database'
import { loadAgreements } from '../../src/api/read/loadAgreements'
import { describeAgreement } from '../control/describeAgreement'
import { findAgreements } from '../control/findAgreements'
import { noteAgreement } from '../control/noteAgreement'
import { readAccount, readAgreement, readSince, readVenue } from '../control/readAgreement'
import type { AgreementFlags, NotedAgreement } from '../control/types'
import { migrateOffchain } from '../database/migrateOffchain'
import { reachDatabase } from '../database/reachDatabase'
import { readSettings, type SettingFlags, type Settings } from '../settings'

export type ControlSetFlags = SettingFlags & AgreementFlags & { readonly since?: string }
export type ControlListFlags = SettingFlags & Partial<Pick<AgreementFlags, 'venue' | 'account'>>

/**
 * `crossmargin control set`: notes what a venue can do with an account's collateral from an instant on. Runs beside the product or without it.
 * @returns 0
 * @throws UsageError when a flag cannot be used, or the agreement would change answers already given.
 */
export async function runControlSet(flags: ControlSetFlags): Promise<number> {
  const settings = readSettings(flags)
  const config = loadConfig(settings.configFile)
  const agreement = readAgreement(flags, config)
  const now = config.clock === 'system' ? Math.floor(Date.now() / 1000) : null
  const beginning = { since: readSince(flags.since), now }
  return withDatabase(settings, async (pool, url) => {
    const noted = await noteAgreement(pool, agreement, beginning)
    for (const line of await standingBeside(url, noted)) process.stderr.write(`also in force then: ${line}\n`)
    process.stdout.write(`noted ${describeAgreement(noted)}\n`)
    return 0
  })
}

/** `crossmargin control list`: every agreement ever noted, one line each. */
export async function runControlList(flags: ControlListFlags): Promise<number> {
  const settings = readSettings(flags)
  const wanted = {
    ...(flags.venue === undefined ? {} : { venue: readVenue(flags.venue) }),
    ...(flags.account === undefined ? {} : { account: readAccount(flags.account) }),
  }
  return withDatabase(settings, async (pool) => {
    const agreements = await findAgreements(pool, wanted)
    for (const agreement of agreements)
      process.stdout.write(`${describeAgreement(agreement)}, noted ${agreement.notedAt.toISOString()}\n`)
    process.stdout.write(`agreements: ${agreements.length}\n`)
    return 0
  })
}

/** Other scopes of the same venue and account: whoever ends an agreement must hear that a closer one still stands. */
async function standingBeside(url: string, { venue, account, chain, protocol, since }: NotedAgreement) {
  const database = openDatabase(url)
  try {
    const inForce = await database.snapshot((snapshot) => loadAgreements(snapshot, venue, [account], since))
    return inForce
      .filter((row) => row.control !== 'none' && (row.chain !== chain || row.protocol !== protocol))
      .map((row) => describeAgreement({ venue, ...row, since: Number(row.since) }))
  } finally {
    await database.close()
  }
}

/** Runs something on the product's database with its tables brought up to date. */
async function withDatabase<T>(settings: Settings, work: (pool: pg.Pool, url: string) => Promise<T>): Promise<T> {
  const database = await reachDatabase(settings)
  try {
    await migrateOffchain(database.url)
    const pool = new pg.Pool({ connectionString: database.url, max: 1, application_name: 'crossmargin_control' })
    try {
      return await work(pool, database.url)
    } finally {
      await pool.end()
    }
  } finally {
    await database.stop()
  }
}
