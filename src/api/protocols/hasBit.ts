/** @param bitmap decimal. @param bit lowest first; nothing has the bit `null`. */
export function hasBit(bitmap: string, bit: number | null): boolean {
  return bit !== null && ((BigInt(bitmap) >> BigInt(bit)) & 1n) === 1n
}
