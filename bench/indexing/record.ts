/** What the product's handlers wrote: per event of each kind on average, and one row of each table to write again. */
export type WriteRecord = {
  /** By event, then by table. */
  readonly perEvent: Readonly<Record<string, Readonly<Record<string, Writes>>>>
  /** By table; integers that JSON cannot hold as `{ bigint }`. */
  readonly rows: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export type Writes = { readonly inserts: number; readonly updates: number }

export function toText(record: WriteRecord): string {
  return JSON.stringify(record, (_, value) => (typeof value === 'bigint' ? { bigint: String(value) } : value))
}

export function fromText(text: string): WriteRecord {
  return JSON.parse(text, (_, value) => (value?.bigint === undefined ? value : BigInt(value.bigint)))
}
