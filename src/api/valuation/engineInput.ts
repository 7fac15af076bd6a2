import type { CollateralHolding, LendingCollateral, LendingDebt, LendingUnit } from '../../../engine/types'
import type { UnitReading } from '../protocols/reading'
import { formatDecimal } from './decimal'
import { largestAmount, type ValuedClaim } from './valueClaims'

export interface EngineCollateral {
  readonly collateral: readonly CollateralHolding[]
  readonly lendingUnits: readonly LendingUnit[]
}

/** Turns valued claims into what the margin engine takes: free leaves, and lending units as one instrument each. */
export function engineInput(claims: readonly ValuedClaim[], units: readonly UnitReading[]): EngineCollateral {
  return {
    collateral: claims.filter(({ claim }) => claim.unit === null).map(toHolding),
    lendingUnits: units.map((unit) => toLendingUnit(unit, claims)),
  }
}

function toHolding(valued: ValuedClaim): CollateralHolding {
  return { id: valued.id, ...common(valued), control: 'none' }
}

function toLendingUnit(unit: UnitReading, claims: readonly ValuedClaim[]): LendingUnit {
  const own = claims.filter(({ claim }) => claim.unit === unit.id)
  const isUnknown = unit.collateralBaseRaw === null
  return {
    id: unit.id,
    rule: unit.rule,
    control: 'none',
    chain: unit.chain,
    protocol: unit.protocol,
    path: unit.path,
    collateral: own.filter(({ claim }) => claim.side !== 'borrow').map((valued) => toCollateral(valued, isUnknown)),
    debt: own.filter(({ claim }) => claim.side === 'borrow').map((valued) => toDebt(valued, isUnknown)),
  }
}

function toCollateral(valued: ValuedClaim, isUnknown: boolean): LendingCollateral {
  const terms = valued.claim.terms!
  return {
    ...common(valued),
    ...(isUnknown ? { unusable: valued.reasonCode ?? 'READ_FAILED' } : {}),
    maxLtv: ratio(terms.maxLtv),
    liquidationThreshold: ratio(terms.liquidationThreshold),
    // A market that cannot be collateral stores no incentive; the engine wants a factor of at least one.
    liquidationIncentive: terms.liquidationIncentive < 10_000n ? '1' : ratio(terms.liquidationIncentive),
    enabled: terms.enabled,
    freeLiquidity: formatDecimal({
      value: bounded(terms.freeLiquidity, valued.claim.decimals),
      decimals: valued.claim.decimals,
    }),
    paused: terms.withdrawalsPaused,
  }
}

function toDebt(valued: ValuedClaim, isUnknown: boolean): LendingDebt {
  const { asset, quantity, oraclePrice, markPrice, riskGroup, class: assetClass, unusable } = common(valued)
  return {
    asset,
    quantity,
    oraclePrice,
    markPrice,
    riskGroup,
    class: assetClass,
    unusable: isUnknown ? (unusable ?? 'READ_FAILED') : unusable,
  }
}

function common({ claim, asset, reference, mark, oraclePrice, reasonCode }: ValuedClaim) {
  const markPrice = mark?.price == null ? undefined : formatDecimal(mark.price)
  return {
    asset: asset ?? `${claim.chain}:${claim.token}`,
    quantity: formatDecimal({ value: bounded(claim.amount, claim.decimals), decimals: claim.decimals }),
    markPrice,
    oraclePrice: oraclePrice === null ? markPrice : formatDecimal(oraclePrice),
    riskGroup: reference?.riskGroup,
    class: reference === null ? undefined : engineClass(reference.class, reference.riskGroup),
    unusable: reasonCode,
    chain: claim.chain,
    protocol: claim.protocol,
    issuer: reference?.issuer ?? undefined,
    curator: claim.curator ?? undefined,
    oracle: mark?.source,
    bridge: (reference?.bridge[claim.chain] ?? 'native') as CollateralHolding['bridge'],
    path: claim.path,
  }
}

/** The engine's class of a configured asset: a major is classed by what it moves with. */
export function engineClass(configured: string, riskGroup: string): string {
  switch (configured) {
    case 'major':
      return riskGroup === 'BTC' || riskGroup === 'ETH' ? riskGroup : 'largeAlt'
    case 'lst':
      return 'LST'
    default:
      return configured
  }
}

function bounded(amount: bigint, decimals: number): bigint {
  const limit = largestAmount * 10n ** BigInt(decimals)
  return amount < limit ? amount : limit
}

/** Basis points as a fraction. */
function ratio(basisPoints: bigint): string {
  return formatDecimal({ value: basisPoints, decimals: 4 })
}
