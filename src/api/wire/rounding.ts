/** From the engine's float64 to printed decimals: one rounding, against the account, on exact integers from there on. */

/** How close to a printable figure counts as that figure: what a chain of float64 operations loses on the way, 2^−49 of it. */
const noiseBits = 49n

/** … and at most a sixteenth of a unit, so that large figures are still rounded against the account. */
const nearBits = 4n

/**
 * `x` in units of 10^−`decimals`, rounded down. A result within float noise of a whole unit is that unit, so that 0.1 + 0.2 prints
 * as 0.3 whichever way it is rounded.
 * @throws RangeError when x is not finite: no figure may leave as NaN.
 */
export function unitsDown(x: number, decimals: number): bigint {
  const { value, shift } = exactUnits(x, decimals)
  const floor = value >> shift
  const nearest = (2n * value + (1n << shift)) >> (shift + 1n)
  const distance = magnitude(value - (nearest << shift))
  const isNoise = distance << noiseBits <= magnitude(value) && distance << nearBits <= 1n << shift
  return isNoise ? nearest : floor
}

/** As `unitsDown`, rounded up. */
export function unitsUp(x: number, decimals: number): bigint {
  return -unitsDown(-x, decimals)
}

/** `value` · 2^−`shift` = x · 10^decimals, exactly. Shifting a BigInt right rounds towards minus infinity. */
function exactUnits(x: number, decimals: number): { readonly value: bigint; readonly shift: bigint } {
  if (!Number.isFinite(x)) throw new RangeError(`a figure is not finite: ${x}`)
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, x)
  const word = bits.getBigUint64(0)
  const exponent = (word >> 52n) & 0x7ffn
  const fraction = word & ((1n << 52n) - 1n)
  const mantissa = exponent === 0n ? fraction : fraction | (1n << 52n)
  const power = (exponent === 0n ? 1n : exponent) - 1075n
  const signed = (word >> 63n === 1n ? -mantissa : mantissa) * 10n ** BigInt(decimals)
  return power >= 0n ? { value: signed << power, shift: 0n } : { value: signed, shift: -power }
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}
