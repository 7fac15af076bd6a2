import { escapeLiteral } from 'pg'
import type { Row, Snapshot } from './database'

/** What a query can be given: text of any length (numbers included), or a list of texts. */
export type Value = string | number | readonly string[]

interface Pending {
  readonly text: string
  resolve(rows: readonly Row[]): void
  reject(error: unknown): void
}

/**
 * Collects the queries of one turn of the event loop and sends them as one text of several statements. A protocol that binds
 * parameters takes one statement at a time, so values are written into the text, escaped by the driver.
 */
export function batchedSnapshot(send: (text: string) => Promise<readonly (readonly Row[])[]>): Snapshot {
  let pending: Pending[] = []
  const flush = async () => {
    const batch = pending
    pending = []
    try {
      const results = await send(batch.map(({ text }) => text).join(';\n'))
      for (const [index, { resolve }] of batch.entries()) resolve(results[index]!)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  return {
    rows: <T>(text: string, values: readonly Value[] = []) =>
      new Promise<readonly T[]>((resolve, reject) => {
        if (pending.length === 0) setImmediate(flush)
        pending.push({ text: bind(text, values), resolve: resolve as Pending['resolve'], reject })
      }),
  }
}

function bind(text: string, values: readonly Value[]): string {
  return text.replace(/\$(\d+)/g, (_, position: string) => literal(values[Number(position) - 1]!))
}

function literal(value: Value): string {
  if (typeof value === 'object') return `ARRAY[${value.map(literal).join(', ')}]::text[]`
  return typeof value === 'number' ? String(value) : escapeLiteral(value)
}
