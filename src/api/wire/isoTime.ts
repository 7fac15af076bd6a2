const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/

/** Unix seconds, rounded down, of an ISO 8601 time with a zone; `null` for any other text, and for times before 1970. */
export function readIsoTime(text: string): number | null {
  const milliseconds = pattern.test(text) ? Date.parse(text) : Number.NaN
  return milliseconds >= 0 ? Math.floor(milliseconds / 1000) : null
}
