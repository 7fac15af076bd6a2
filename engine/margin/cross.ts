import type { Instrument, MarginReport, Portfolio, RateTier, ResolvedUnderlying } from '../types'
import { isExpired } from './exposures'
import { balanceOf, report } from './report'
import type { Requirement } from './requirement'
import { type Valuation, valuate } from './valuation'

/** Notional of one netted instrument and what its tiers ask for, USD. */
export interface TieredRequirement {
  readonly initial: number
  readonly maintenance: number
}

/** Progressive: every slice of the notional at its own tier's rate. */
export function tieredRequirement(notional: number, tiers: readonly RateTier[]): TieredRequirement {
  let initial = 0
  let maintenance = 0
  let from = 0
  for (const tier of tiers) {
    const to = tier.notional ?? Number.POSITIVE_INFINITY
    const slice = Math.max(0, Math.min(notional, to) - from)
    initial += slice * tier.initial
    maintenance += slice * tier.maintenance
    from = to
  }
  return { initial, maintenance }
}

/** What nets: the same contract, whatever number of rows hold it. */
function contractKey(instrument: Instrument): string {
  const { kind, underlying } = instrument
  switch (instrument.kind) {
    case 'option':
      return JSON.stringify([kind, underlying, instrument.expiry, instrument.strike, instrument.isCall])
    case 'future':
      return JSON.stringify([kind, underlying, instrument.expiry])
    case 'perp':
    case 'spot':
      return JSON.stringify([kind, underlying])
  }
}

interface Contract {
  readonly instrument: Instrument
  quantity: number
  buys: number
  sells: number
}

function netContracts(instruments: readonly Instrument[], at: number): readonly Contract[] {
  const contracts = new Map<string, Contract>()
  for (const instrument of instruments) {
    if (isExpired(instrument, at)) continue
    const key = contractKey(instrument)
    const contract = contracts.get(key) ?? { instrument, quantity: 0, buys: 0, sells: 0 }
    contract.quantity += instrument.quantity
    for (const { quantity } of instrument.orders) {
      if (quantity > 0) contract.buys += quantity
      else contract.sells += quantity
    }
    contracts.set(key, contract)
  }
  return [...contracts.values()]
}

/** Units that are charged, after the worst of no, all buy and all sell orders; a long option cannot lose more than its premium. */
function chargedUnits({ instrument, quantity, buys, sells }: Contract): number {
  const outcomes = [quantity, quantity + buys, quantity + sells]
  return Math.max(...outcomes.map((units) => (instrument.kind === 'option' ? Math.max(0, -units) : Math.abs(units))))
}

/** Σ over netted contracts of notional × tiered rates; long option premium is simply not counted in the balance. */
export function crossRequirement({ account }: Valuation): Requirement {
  const { market, at } = account
  const rows = netContracts(account.instruments, at).map((contract) => {
    const underlying = market.assets.get(contract.instrument.underlying) as ResolvedUnderlying
    const notional = chargedUnits(contract) * underlying.indexPrice
    return { leg: contract.instrument.id, ...tieredRequirement(notional, underlying.class.rateTiers) }
  })
  return {
    initialMargin: rows.reduce((sum, row) => sum + row.initial, 0),
    maintenanceMargin: rows.reduce((sum, row) => sum + row.maintenance, 0),
    components: {
      scan: 0,
      joint: null,
      jointReason: 'the model has no joint moves',
      stress: 0,
      initialFactor: 1,
      maintenanceFactor: 1,
      addOns: [],
    },
    worstScenario: null,
    attribution: rows.map((row) => ({ leg: row.leg, kind: 'position', amount: row.initial })),
    scenarios: [],
  }
}

/** `cross`: pooled collateral after the full haircut waterfall against Σ notional × tiered rates. */
export function crossMargin(portfolio: Portfolio): MarginReport {
  const valuation = valuate(portfolio, { market: true })
  return report('cross', valuation, balanceOf(valuation, false), crossRequirement(valuation))
}
