/** `bitmap` with bit `index` set or cleared. */
export function withBit(bitmap: bigint, index: number, on: boolean): bigint {
  const bit = 1n << BigInt(index)
  return on ? bitmap | bit : bitmap & ~bit
}
