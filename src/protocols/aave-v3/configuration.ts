/** Aave's packed reserve configuration. Pure. */
const flagBits = {
  active: 56,
  frozen: 57,
  borrowing: 58,
  stable: 59,
  paused: 60,
  borrowableInIsolation: 61,
  siloed: 62,
  flashloan: 63,
} as const

/** The parameters in a configuration word. @param namesCategory whether reserves name their e-mode category (before 3.2). */
export function decodeConfiguration(word: bigint, namesCategory: boolean) {
  const field = (from: number, bits: number) => (word >> BigInt(from)) & ((1n << BigInt(bits)) - 1n)
  const debtCeiling = field(212, 40)
  const set = Object.entries(flagBits).filter(([, bit]) => field(bit, 1) === 1n)
  const flags = [...set.map(([flag]) => flag), ...(debtCeiling === 0n ? [] : ['isolated'])].sort().join(',')
  return {
    maxLtv: field(0, 16),
    liquidationThreshold: field(16, 16),
    liquidationIncentive: field(32, 16),
    decimals: Number(field(48, 8)),
    reserveFactor: field(64, 16),
    borrowCap: field(80, 36),
    supplyCap: field(116, 36),
    liquidationFee: field(152, 16),
    emode: namesCategory ? Number(field(168, 8)) : 0,
    debtCeiling,
    flags,
  }
}

/** The collateral bits of a user's configuration word, one per reserve id: Aave keeps two bits per reserve, the upper one for collateral. */
export function collateralBitmap(word: bigint): bigint {
  let bitmap = 0n
  for (let id = 0n; id < 128n; id++) bitmap |= ((word >> (2n * id + 1n)) & 1n) << id
  return bitmap
}
