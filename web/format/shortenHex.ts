/** "0x1234…cdef"; short texts stay as they are. */
export function shortenHex(text: string): string {
  return text.length > 14 ? `${text.slice(0, 6)}…${text.slice(-4)}` : text
}
