import { getTableName } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import type { Insertion, Key, Row, Store } from '../../../src/runtime/facts'

/** A store in memory with the rules of Ponder's: unique keys, updates of what is there only. It can be taken back to what it was. */
export type MemoryStore = Store & {
  rows(table: PgTable): readonly Row[]
  /** @returns what takes the store back to this moment. */
  remember(): () => void
}

class RecordNotFoundError extends Error {
  override readonly name = 'RecordNotFoundError'
}

export function memoryStore(): MemoryStore {
  let tables = new Map<string, Map<string, Row>>()
  const rowsOf = (table: object): Map<string, Row> => {
    const name = getTableName(table as PgTable)
    const rows = tables.get(name) ?? new Map<string, Row>()
    tables.set(name, rows)
    return rows
  }
  const change = (table: object, key: string, standing: Row, set: Row | ((row: Row) => Row)) => {
    const changes = typeof set === 'function' ? set({ ...standing }) : set
    rowsOf(table).set(key, { ...standing, ...changes })
  }
  return {
    find: async (table, key) => rowsOf(table).get(keyText(table, key)) ?? null,
    update: (table, key) => ({
      set: async (set) => {
        const standing = rowsOf(table).get(keyText(table, key))
        if (standing === undefined) throw new RecordNotFoundError(getTableName(table as PgTable))
        change(table, keyText(table, key), standing, set)
      },
    }),
    insert: (table) => ({
      values: (row) => {
        const key = keyText(table, row)
        const standing = rowsOf(table).get(key)
        const add = () => void rowsOf(table).set(key, { ...row })
        return {
          onConflictDoNothing: async () => void (standing ?? add()),
          onConflictDoUpdate: async (set: (row: Row) => Row) =>
            standing === undefined ? add() : change(table, key, standing, set),
          // biome-ignore lint/suspicious/noThenProperty: an insertion is awaited to be made, and so must its stand-in be.
          then: (resolve, reject) => {
            if (standing !== undefined) return Promise.reject(new Error(`conflict: ${key}`)).then(resolve, reject)
            return Promise.resolve(add()).then(resolve, reject)
          },
        } as Insertion
      },
    }),
    rows: (table) => [...rowsOf(table).values()],
    remember: () => {
      const copy = new Map([...tables].map(([name, rows]) => [name, new Map(rows)]))
      return () => {
        tables = copy
      }
    },
  }
}

function keyText(table: object, key: Key): string {
  const { primaryKeys, columns } = getTableConfig(table as PgTable)
  const names = primaryKeys.flatMap((primary) => primary.columns).map(({ name }) => name)
  const property = (name: string) => Object.entries(table).find(([, column]) => column?.name === name)?.[0] ?? name
  const single = columns.filter(({ primary }) => primary).map(({ name }) => name)
  return [...names, ...single].map((name) => String(key[property(name)])).join('|')
}
