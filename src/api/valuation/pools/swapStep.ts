/** One stretch of a swap over which the liquidity does not change. Amounts raw; every rounding favours the pool, as the pool rounds. */

const q96 = 1n << 96n
const wordLimit = 1n << 256n
/** Fees are in hundredths of a basis point. */
const feeUnit = 1_000_000n

export interface SwapStep {
  readonly sqrtPrice: bigint
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly fee: bigint
}

/**
 * Sells at most `remaining` between two prices.
 * @param target where the stretch ends; below `sqrtPrice` when token0 is sold, above it when token1 is.
 */
export function swapStep(
  sqrtPrice: bigint,
  target: bigint,
  liquidity: bigint,
  remaining: bigint,
  feeRate: bigint,
): SwapStep {
  const sellsFirst = sqrtPrice >= target
  const spendable = (remaining * (feeUnit - feeRate)) / feeUnit
  const needed = sellsFirst ? amount0Up(target, sqrtPrice, liquidity) : amount1Up(sqrtPrice, target, liquidity)
  const reached = spendable >= needed
  const next = reached
    ? target
    : sellsFirst
      ? priceAfterSelling0(sqrtPrice, liquidity, spendable)
      : sqrtPrice + (spendable << 96n) / liquidity
  const isWhole = next === target
  const [amountIn, amountOut] = sellsFirst
    ? [isWhole ? needed : amount0Up(next, sqrtPrice, liquidity), amount1Down(next, sqrtPrice, liquidity)]
    : [isWhole ? needed : amount1Up(sqrtPrice, next, liquidity), amount0Down(sqrtPrice, next, liquidity)]
  const fee = isWhole ? divideUp(amountIn * feeRate, feeUnit - feeRate) : remaining - amountIn
  return { sqrtPrice: next, amountIn, amountOut, fee }
}

/** The price after `amount` of token0 came in, rounded up; where 256 bits do not hold the exact form, by the one that loses a little. */
function priceAfterSelling0(sqrtPrice: bigint, liquidity: bigint, amount: bigint): bigint {
  if (amount === 0n) return sqrtPrice
  const numerator = liquidity << 96n
  const product = amount * sqrtPrice
  const denominator = numerator + product
  return product < wordLimit && denominator < wordLimit
    ? divideUp(numerator * sqrtPrice, denominator)
    : divideUp(numerator, numerator / sqrtPrice + amount)
}

/** Token0 between two prices, `low` ≤ `high`. */
function amount0Up(low: bigint, high: bigint, liquidity: bigint): bigint {
  return divideUp(divideUp((liquidity << 96n) * (high - low), high), low)
}

function amount0Down(low: bigint, high: bigint, liquidity: bigint): bigint {
  return ((liquidity << 96n) * (high - low)) / high / low
}

/** Token1 between two prices, `low` ≤ `high`. */
function amount1Up(low: bigint, high: bigint, liquidity: bigint): bigint {
  return divideUp(liquidity * (high - low), q96)
}

function amount1Down(low: bigint, high: bigint, liquidity: bigint): bigint {
  return (liquidity * (high - low)) / q96
}

function divideUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator
}
