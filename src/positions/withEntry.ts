/** A sorted list with one entry added or removed. */
export function withEntry(list: readonly string[], entry: string, on: boolean): readonly string[] {
  const rest = list.filter((other) => other !== entry)
  return on ? [...rest, entry].sort() : rest
}
