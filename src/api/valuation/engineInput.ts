import type {
  CollateralHolding,
  HaircutInputs,
  LendingCollateral,
  LendingDebt,
  LendingUnit,
} from '../../../engine/types'
import type { AgreementFact, TierReference } from '../facts'
import type { LendingTerms, UnitReading } from '../protocols/reading'
import { controlOf } from './controlOf'
import { formatDecimal } from './decimal'
import type { ExitDepth } from './depth/exitDepth'
import { engineClass } from './engineClass'
import { largestAmount, type ValuedClaim } from './valueClaims'

export interface EngineCollateral {
  readonly collateral: readonly CollateralHolding[]
  readonly lendingUnits: readonly LendingUnit[]
}

/** What is known of assets beside their prices. */
export interface AssetKnowledge {
  /** The annualised volatility of an asset's daily log returns; `null` when it is not known. */
  volatilityOf(asset: string): number | null
  /** How much of each configured asset can be sold; none where no pool trades it. */
  readonly depths: ReadonlyMap<string, ExitDepth>
  /** How proven chains and protocols are said to be. */
  readonly tiers: TierReference | undefined
}

/** Turns valued claims into what the margin engine takes: free leaves, and lending units as one instrument each. */
export function engineInput(
  claims: readonly ValuedClaim[],
  units: readonly UnitReading[],
  known: AssetKnowledge,
  agreements: readonly AgreementFact[],
): EngineCollateral {
  return {
    collateral: claims.filter(({ claim }) => claim.unit === null).map((valued) => toHolding(valued, known, agreements)),
    lendingUnits: units.map((unit) => toLendingUnit(unit, claims, known, agreements)),
  }
}

/** The name under which the engine knows what a claim is in. */
export function engineAsset({ asset, claim }: ValuedClaim): string {
  return asset ?? `${claim.chain}:${claim.token}`
}

function toHolding(
  valued: ValuedClaim,
  known: AssetKnowledge,
  agreements: readonly AgreementFact[],
): CollateralHolding {
  const { control } = controlOf(agreements, valued.claim)
  const { movable, decimals } = valued.claim
  return {
    id: valued.id,
    ...common(valued),
    ...(movable === undefined ? {} : { movable: formatDecimal({ value: bounded(movable, decimals), decimals }) }),
    haircut: haircutFacts(valued, known),
    control,
  }
}

function toLendingUnit(
  unit: UnitReading,
  claims: readonly ValuedClaim[],
  known: AssetKnowledge,
  agreements: readonly AgreementFact[],
): LendingUnit {
  const own = claims.filter(({ claim }) => claim.unit === unit.id)
  const isUnknown = unit.collateralBaseRaw === null
  return {
    id: unit.id,
    rule: unit.rule,
    ...controlOf(agreements, unit),
    chain: unit.chain,
    protocol: unit.protocol,
    path: unit.path,
    collateral: own
      .filter(({ claim }) => claim.side !== 'borrow')
      .map((valued) => ({ ...toCollateral(valued, isUnknown), haircut: haircutFacts(valued, known) })),
    debt: own.filter(({ claim }) => claim.side === 'borrow').map((valued) => toDebt(valued, isUnknown)),
  }
}

function toCollateral(valued: ValuedClaim, isUnknown: boolean): LendingCollateral {
  const terms = valued.claim.terms!
  return {
    ...common(valued),
    ...(isUnknown ? { unusable: valued.reasonCode ?? 'READ_FAILED' } : {}),
    maxLtv: ratio(terms, terms.maxLtv),
    liquidationThreshold: ratio(terms, terms.liquidationThreshold),
    ...(terms.liquidationIncentive === null
      ? {}
      : { liquidationIncentive: incentive(terms, terms.liquidationIncentive) }),
    enabled: terms.enabled,
    freeLiquidity: formatDecimal({
      value: bounded(terms.freeLiquidity, valued.claim.decimals),
      decimals: valued.claim.decimals,
    }),
    paused: terms.withdrawalsPaused,
  }
}

/** What the waterfall is told about a row beyond its prices. */
function haircutFacts(valued: ValuedClaim, { volatilityOf, depths, tiers }: AssetKnowledge): HaircutInputs {
  const { asset, mark, claim } = valued
  const [protocolTier, chainTier] = [tiers?.protocols[claim.protocol], tiers?.chains[claim.chain]]
  const volatility = volatilityOf(engineAsset(valued))
  const depth = asset === null ? undefined : depths.get(asset)
  return {
    ...(volatility === null ? {} : { volatility }),
    ...(mark?.redemptionPrice == null ? {} : { redemptionPrice: formatDecimal(mark.redemptionPrice) }),
    ...(mark === null ? {} : { oracleSources: mark.sources }),
    ...(depth === undefined ? {} : { impact: depth.impact }),
    ...(protocolTier === undefined ? {} : { protocolTier }),
    ...(chainTier === undefined ? {} : { chainTier }),
    ...(mark === null || mark.deviation.value === 0n ? {} : { oracleDeviation: formatDecimal(mark.deviation) }),
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

function common(valued: ValuedClaim) {
  const { claim, reference, mark, oraclePrice, reasonCode } = valued
  const markPrice = mark?.price == null ? undefined : formatDecimal(mark.price)
  return {
    asset: engineAsset(valued),
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

function bounded(amount: bigint, decimals: number): bigint {
  const limit = largestAmount * 10n ** BigInt(decimals)
  return amount < limit ? amount : limit
}

function ratio({ ratioDecimals: decimals }: LendingTerms, value: bigint): string {
  return formatDecimal({ value, decimals })
}

/** A market that cannot be collateral stores no incentive; the engine wants a factor of at least one. */
function incentive(terms: LendingTerms, value: bigint): string {
  return value < 10n ** BigInt(terms.ratioDecimals) ? '1' : ratio(terms, value)
}
