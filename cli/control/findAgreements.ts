import { and, asc, eq, getTableColumns } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { control } from '../../src/api/read/offchain/schema'
import type { Agreement, NotedAgreement } from './types'

/** Every agreement ever noted, in the order it was; of one venue or account where these are given. */
export async function findAgreements(
  pool: pg.Pool,
  { venue, account }: Partial<Pick<Agreement, 'venue' | 'account'>>,
): Promise<readonly NotedAgreement[]> {
  const { id: _, ...columns } = getTableColumns(control)
  return drizzle(pool)
    .select(columns)
    .from(control)
    .where(
      and(
        venue === undefined ? undefined : eq(control.venue, venue),
        account === undefined ? undefined : eq(control.account, account),
      ),
    )
    .orderBy(asc(control.id))
}
