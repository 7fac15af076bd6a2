/** Rates, flags and factors as a Comet has them. Pure. */
import { divWadDown, mulDivDown, mulDivUp, mulWadDown, WAD } from '../../math/wad'

/** Of both indexes: what they begin at. */
export const INDEX_SCALE = 10n ** 15n

/** Wads; rates and slopes per second. */
export type RateCurve = {
  readonly kink: bigint
  readonly base: bigint
  readonly slopeLow: bigint
  readonly slopeHigh: bigint
}

/** The part of `totalsBasic()` that interest follows from. */
export type BaseTotals = {
  readonly baseSupplyIndex: bigint
  readonly baseBorrowIndex: bigint
  readonly totalSupplyBase: bigint
  readonly totalBorrowBase: bigint
}

/** What is owed of what is supplied, a wad rounded down, both at their indexes as stored; 0 where nothing is supplied. */
export function utilization(totals: BaseTotals): bigint {
  const supplied = mulDivDown(totals.totalSupplyBase, totals.baseSupplyIndex, INDEX_SCALE)
  const owed = mulDivDown(totals.totalBorrowBase, totals.baseBorrowIndex, INDEX_SCALE)
  return supplied === 0n ? 0n : divWadDown(owed, supplied)
}

/** Rate at a utilization, a wad per second; each product rounded down. */
export function rateAt({ kink, base, slopeLow, slopeHigh }: RateCurve, utilization: bigint): bigint {
  if (utilization <= kink) return base + mulWadDown(slopeLow, utilization)
  return base + mulWadDown(slopeLow, kink) + mulWadDown(slopeHigh, utilization - kink)
}

const pauses = ['supplyPaused', 'transferPaused', 'withdrawPaused', 'absorbPaused', 'buyPaused'] as const

/** The words of a Comet's pause bits, lowest first in the contract, in alphabetical order here, with those that always hold. */
export function flagsOf(pauseFlags: number): string {
  const paused = pauses.filter((_, bit) => ((pauseFlags >> bit) & 1) === 1)
  return ['active', 'borrowing', ...paused].sort().join()
}

/** A factor of at least this much stands for one without end: collateral whose liquidation factor is zero pays nothing back. */
const WORTHLESS = 10n ** 9n * WAD

/** What is taken for each wad of debt it pays back, a wad rounded up: the inverse of the liquidation factor. */
export function liquidationIncentive(liquidationFactor: bigint): bigint {
  if (liquidationFactor === 0n) return WORTHLESS
  const incentive = mulDivUp(WAD, WAD, liquidationFactor)
  return incentive < WORTHLESS ? incentive : WORTHLESS
}

/** A signed principal as the two sides of a position; one of them is zero. */
export function sidesOf(principal: bigint): { readonly supply: bigint; readonly borrow: bigint } {
  return principal < 0n ? { supply: 0n, borrow: -principal } : { supply: principal, borrow: 0n }
}

/** Bits of the assets an account holds: 16 in one field and, in newer contracts, 8 more in another. */
export function assetsHeld(assetsIn: number, reserved: number): bigint {
  return BigInt(assetsIn) | (BigInt(reserved) << 16n)
}

const paddedAddress = /^0{24}(?!0{8})[0-9a-f]{24}(?!0{16})[0-9a-f]{16}/

/**
 * Every address a call's data could name as an argument, however deep and whether or not at a word's beginning: 12 zero bytes and the 20 of the
 * address, which neither begins with four more nor, as a small number does a few bytes off, ends with eight.
 * @param data lower case hex behind 0x.
 */
export function addressesIn(data: string): readonly `0x${string}`[] {
  const found = new Set<`0x${string}`>()
  for (let at = data.indexOf(zeros); at >= 0; at = data.indexOf(zeros, at + 1)) {
    const text = data.slice(at, at + 64)
    if (at % 2 === 0 && paddedAddress.test(text)) found.add(`0x${text.slice(24)}`)
  }
  return [...found]
}

const zeros = '0'.repeat(24)
