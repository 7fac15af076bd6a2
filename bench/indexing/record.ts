/** Rows inserted and updated per event of each kind, on average. */
export type WriteRecord = Readonly<Record<string, { readonly inserts: number; readonly updates: number }>>
