import type { AddOn, AttributionRow, Components, ScenarioRow, WorstScenario } from '../types'
import type { Account } from './account'
import { charge } from './charges/charge'
import type { Unmeasured } from './joint'
import { type Measure, NO_LOSS } from './measure'
import type { Valuation } from './valuation'

/** What a model asks for, with where it comes from. */
export interface Requirement {
  readonly initialMargin: number
  readonly maintenanceMargin: number
  readonly components: Components
  readonly worstScenario: WorstScenario | null
  readonly attribution: readonly AttributionRow[]
  readonly scenarios: readonly ScenarioRow[]
}

function legKind(account: Account, id: string): AttributionRow['kind'] {
  if (account.parameters.charges.some((rule) => rule.kind === id)) return 'addOn'
  if (account.units.some(({ unit }) => unit.id === id)) return 'lendingUnit'
  if (account.holdings.some(({ holding }) => holding.id === id)) return 'collateral'
  return id.startsWith('cash:') ? 'cash' : 'position'
}

/** Credit of every collateral leg that is left after its own worst case under every measure, by id, USD ≥ 0. */
function survivingCredit({ holdings, units }: Account, measures: readonly Measure[]): ReadonlyMap<string, number> {
  const credits = [
    ...holdings.map(({ holding, credit }) => ({ id: holding.id, credit })),
    ...units.map(({ unit, credit }) => ({ id: unit.id, credit })),
  ]
  const lost = (id: string) => Math.max(...measures.map(({ own }) => own.get(id) ?? 0))
  return new Map(credits.map(({ id, credit }) => [id, Math.max(0, credit - lost(id))]))
}

function addOns({ account, positions }: Valuation, measures: readonly Measure[]): readonly AddOn[] {
  const surviving = survivingCredit(account, measures)
  return account.parameters.charges.map((rule): AddOn => {
    const { initial, maintenance, details } = charge(rule, { account, positions, surviving })
    return { kind: rule.kind, place: rule.place, amount: initial, maintenanceAmount: maintenance, details }
  })
}

function sumOf(rows: readonly AddOn[], place: AddOn['place'], field: 'amount' | 'maintenanceAmount'): number {
  return rows.reduce((sum, row) => (row.place === place ? sum + row[field] : sum), 0)
}

/** Extra initial factor while the numeraire trades below its peg. */
function pegFactor({ parameters, market }: Account): number {
  const { peg } = parameters.factors
  if (peg === null || parameters.numeraire === null) return 0
  const price = market.assets.get(parameters.numeraire)?.indexPrice ?? 1
  return Math.max(0, peg.threshold - price) * peg.factor
}

/** A charge that competes with the scenario losses. */
function asMeasure({ kind, amount }: AddOn): Measure {
  return {
    loss: amount,
    legs: new Map([[kind, amount]]),
    own: new Map(),
    worst: { id: kind, loss: amount, moves: [] },
    rows: [],
  }
}

function attribute(
  account: Account,
  base: Measure,
  charges: readonly AddOn[],
  initialFactor: number,
  floor: AddOn | null,
): readonly AttributionRow[] {
  const addOn = (row: AddOn, scale: number): AttributionRow => ({
    leg: row.kind,
    kind: 'addOn',
    amount: scale * row.amount,
  })
  const outside = charges.filter((row) => row.place === 'outside').map((row) => addOn(row, 1))
  if (floor !== null) return [addOn(floor, initialFactor), ...outside]
  const legs = [...base.legs].map(([leg, amount]) => ({
    leg,
    kind: legKind(account, leg),
    amount: initialFactor * amount,
  }))
  const inside = charges.filter((row) => row.place === 'inside').map((row) => addOn(row, initialFactor))
  return [...legs, ...inside, ...outside]
}

/** Losses by revaluation which compete for the base of a requirement. */
export interface Measures {
  readonly scan: Measure
  readonly joint: Measure | Unmeasured
  readonly stress: Measure
}

function largest(measures: readonly Measure[]): Measure {
  return measures.reduce((worst, found) => (found.loss > worst.loss ? found : worst))
}

/**
 * The one form of every scenario-based requirement, ours and the published ones:
 * `core = max(max(measured losses, base charges) + Σ inside, floors)`, `IM = f_IM·core + Σ outside`, `MM = f_MM·core + Σ outside (maintenance)`.
 *
 * @param measures the largest counts, the first one on a tie.
 */
export function requirement(valuation: Valuation, measures: Measures): Requirement {
  const { account } = valuation
  const { factors } = account.parameters
  const jointReason = 'reason' in measures.joint ? measures.joint.reason : null
  const joint = 'reason' in measures.joint ? NO_LOSS : measures.joint
  const revalued = [measures.scan, joint, measures.stress]
  const charges = addOns(valuation, revalued)
  const competing = charges.filter((row) => row.place === 'base').map(asMeasure)
  const base = largest([...revalued, ...competing])
  const inside = sumOf(charges, 'inside', 'amount')
  const floor = charges
    .filter((row) => row.place === 'floor')
    .reduce<AddOn | null>((highest, row) => (highest === null || row.amount > highest.amount ? row : highest), null)
  const lowest = floor?.amount ?? 0
  const core = Math.max(base.loss + inside, lowest)
  const initialFactor = factors.initial + pegFactor(account)
  const binding = lowest > base.loss + inside ? floor : null
  return {
    initialMargin: initialFactor * core + sumOf(charges, 'outside', 'amount'),
    maintenanceMargin: factors.maintenance * core + sumOf(charges, 'outside', 'maintenanceAmount'),
    components: {
      scan: measures.scan.loss,
      joint: jointReason === null ? joint.loss : null,
      jointReason,
      stress: measures.stress.loss,
      initialFactor,
      maintenanceFactor: factors.maintenance,
      addOns: charges,
    },
    worstScenario: base.worst,
    attribution: attribute(account, base, charges, initialFactor, binding),
    scenarios: [...measures.scan.rows, ...measures.stress.rows],
  }
}
