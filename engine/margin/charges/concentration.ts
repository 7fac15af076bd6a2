import { concentrationAddOn } from '../../haircut/concentrationAddOn'
import type { AssetClass, ChargeRule, ConcentrationAxis, ResolvedProvenance } from '../../types'
import type { ChargeContext, Charged } from './chargeContext'

type Rule = Extract<ChargeRule, { kind: 'concentration' }>

interface Concentrated {
  readonly credit: number
  readonly floor: number
  readonly keys: Readonly<Record<ConcentrationAxis, string | null>>
}

function leafOf(
  source: ResolvedProvenance & { readonly asset: string; readonly class: AssetClass },
  credit: number,
): Concentrated {
  const { asset, issuer, protocol, chain, oracle, curator } = source
  return { credit, floor: source.class.haircutFloor, keys: { asset, issuer, protocol, chain, oracle, curator } }
}

/** Surviving credit by leaf: a unit's is spread over its collateral by value. */
function leaves({ account, surviving }: ChargeContext): readonly Concentrated[] {
  const free = account.holdings.map(({ holding }) => leafOf(holding, surviving.get(holding.id) ?? 0))
  const pledged = account.units.flatMap(({ unit }) => {
    const values = unit.collateral.map((leg) => (leg.unusable === null ? leg.quantity * leg.markPrice : 0))
    const total = values.reduce((sum, value) => sum + value, 0)
    const credit = surviving.get(unit.id) ?? 0
    return unit.collateral.map((leg, index) =>
      leafOf(leg, total > 0 ? (credit * (values[index] as number)) / total : 0),
    )
  })
  return [...free, ...pledged]
}

/** Size of an asset from which its sale moves the market: from the market data, else of its class. */
function assetThreshold({ account }: ChargeContext, asset: string): number {
  const known = account.market.assets.get(asset)
  if (known !== undefined && known.concentrationThreshold !== null) return known.concentrationThreshold
  const factor = known ?? account.factors.list.find((candidate) => candidate.asset === asset)
  return factor?.class.concentrationThreshold ?? 0
}

/**
 * Concentration over the owner's total, on the dearest axis. It is charged on the credit that survives each leg's own worst
 * scenario: what the scenarios have taken already cannot be lost again, so no collateral ever costs more than it brings.
 */
export function concentration(rule: Rule, context: ChargeContext): Charged {
  const concentrated = leaves(context)
  const total = concentrated.reduce((sum, { credit }) => sum + credit, 0)
  const threshold = (axis: ConcentrationAxis, key: string) =>
    axis === 'asset' ? assetThreshold(context, key) : (rule.shares[axis] ?? 1) * total
  const { amount } = concentrationAddOn(concentrated, threshold)
  return { initial: amount, maintenance: amount }
}
