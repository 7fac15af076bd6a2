import type { AssetReference, Facts } from '../facts'
import type { Claim, ReasonCode, UnitReading } from '../protocols/reading'
import { type Decimal, multiply, scaleDown, scaleUp } from './decimal'
import type { Mark, PriceBook } from './priceBook'

/** A claim with what it is worth at the mark. */
export interface ValuedClaim {
  readonly id: string
  readonly claim: Claim
  /** The configured asset; `null` when the token is nobody's. */
  readonly asset: string | null
  readonly reference: AssetReference | null
  readonly mark: Mark | null
  /** What the protocol itself liquidates on, USD. */
  readonly oraclePrice: Decimal | null
  /** USD in units of 10^−8: assets rounded down, debts up; `null` when unknown. */
  readonly marketValue: bigint | null
  /** Why it gives no credit; `null` when it may. */
  readonly reasonCode: ReasonCode | null
}

/** Digits after the point of every USD figure that leaves the API. */
export const usdDecimals = 8

/** No token has more whole units than this; a larger balance belongs to a contract that lies. The engine takes no larger one either. */
export const largestAmount = 10n ** 30n

/** Values claims at the marks of the cut. A stale price still shows the last known value; an absurd or missing one shows none. */
export function valueClaims(
  claims: readonly Claim[],
  units: readonly UnitReading[],
  facts: Facts,
  prices: PriceBook,
): readonly ValuedClaim[] {
  const unitOf = new Map(units.map((unit) => [unit.id, unit]))
  const assetOf = assetsByToken(facts)
  return claims.map((claim) => {
    const asset = assetOf.get(`${claim.chain}/${claim.leaf?.token ?? claim.token}`) ?? null
    const reference = asset === null ? null : facts.reference.assets[asset]!
    const unit = claim.unit === null ? undefined : unitOf.get(claim.unit)
    const baseToken = unit?.baseToken ?? null
    const leafMark = asset === null ? null : markOf(asset, claim, baseToken, prices)
    const mark = leafMark === null ? null : perShare(leafMark, claim)
    const isAbsurd = claim.amount > largestAmount * 10n ** BigInt(claim.decimals)
    const base = baseToken === null ? null : (assetOf.get(`${claim.chain}/${baseToken}`) ?? null)
    const basePrice = base === null ? null : (prices.markOf(base, claim.chain)?.price ?? null)
    const oraclePrice = oraclePriceOf(claim, baseToken === null ? dollar : basePrice)
    return {
      id: `${claim.chain}/${claim.protocol}/${claim.market}/${claim.side}/${claim.account}`,
      claim,
      asset,
      reference,
      mark,
      oraclePrice,
      marketValue: leafMark?.price == null || isAbsurd ? null : marketValueOf(claim, leafMark.price),
      reasonCode: isAbsurd ? 'PRICE_ABSURD' : (reasonOf(asset, mark) ?? claim.refused ?? null),
    }
  })
}

/** The configured asset of every token, by `chain/token`. */
export function assetsByToken(facts: Facts): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(facts.reference.assets).flatMap(([asset, { tokens }]) =>
      Object.entries(tokens).map(([chain, token]) => [`${chain}/${token}`, asset] as const),
    ),
  )
}

function reasonOf(asset: string | null, mark: Mark | null): ReasonCode | null {
  if (asset === null) return 'TOKEN_UNKNOWN'
  return mark === null ? 'PRICE_MISSING' : mark.reasonCode
}

/** Where no feed is configured, what the protocol's own oracle says in dollars. */
function markOf(asset: string, claim: Claim, baseToken: string | null, prices: PriceBook): Mark | null {
  const fed = prices.markOf(asset, claim.chain, claim.side === 'borrow' ? 'owed' : 'held')
  if (fed !== null || claim.terms?.oracle == null || baseToken !== null) return fed
  return prices.oracleMark(asset, claim.chain, claim.protocol, claim.terms.oracle)
}

const dollar: Decimal = { value: 1n, decimals: 0 }

/** @param base USD per unit of what the protocol counts in; `null` when unknown. */
function oraclePriceOf({ terms }: Claim, base: Decimal | null): Decimal | null {
  const raw = terms?.oraclePrice
  return raw == null || base === null ? null : multiply({ value: raw.answer, decimals: raw.decimals }, base)
}

function marketValueOf(claim: Claim, price: Decimal): bigint {
  const { amount, decimals } = claim.leaf ?? claim
  const value = { value: amount * price.value, decimals: decimals + price.decimals }
  return claim.side === 'borrow' ? scaleUp(value, usdDecimals) : scaleDown(value, usdDecimals)
}

/** Digits a share's price is computed with beyond those of what it is a claim on. */
const shareDigits = 18

/** The mark of a whole unit of the claim's own token, where that is a share: what lies behind it, for each share; assets down, debts up. */
function perShare(mark: Mark, { leaf, amount, decimals, side }: Claim): Mark {
  if (leaf === undefined || amount === 0n) return mark
  const priceOf = (price: Decimal): Decimal => {
    const numerator = price.value * leaf.amount * 10n ** BigInt(decimals + shareDigits)
    const denominator = amount * 10n ** BigInt(leaf.decimals)
    const value = side === 'borrow' ? (numerator + denominator - 1n) / denominator : numerator / denominator
    return { value, decimals: price.decimals + shareDigits }
  }
  const { price, redemptionPrice } = mark
  return { ...mark, price: price && priceOf(price), redemptionPrice: redemptionPrice && priceOf(redemptionPrice) }
}
