import type { ChargeRule, Option, ResolvedUnderlying } from '../../types'
import { isExpired } from '../exposures'
import type { ChargeContext, Charged } from './chargeContext'

type Rates = Pick<Extract<ChargeRule, { kind: 'perpStatic' }>, 'initial' | 'maintenance'>

function spotOf({ account }: ChargeContext, underlying: string): number {
  return (account.market.assets.get(underlying) as ResolvedUnderlying).indexPrice
}

/** |quantity|·spot·rate over perps and futures. */
export function perpStatic(rates: Rates, context: ChargeContext): Charged {
  const { instruments, at } = context.account
  const notional = instruments
    .filter((row) => (row.kind === 'perp' || row.kind === 'future') && !isExpired(row, at))
    .reduce((sum, row) => sum + Math.abs(row.quantity) * spotOf(context, row.underlying), 0)
  return { initial: notional * rates.initial, maintenance: notional * rates.maintenance }
}

/**
 * max(0, −net)·spot·rate: calls and puts of one expiry and strike net together, short ones that remain are charged, expired ones
 * until they are settled and gone.
 */
export function shortOptionStatic(rates: Rates, context: ChargeContext): Charged {
  const { instruments } = context.account
  const net = new Map<string, { quantity: number; spot: number }>()
  for (const option of instruments.filter((row): row is Option => row.kind === 'option')) {
    const key = JSON.stringify([option.underlying, option.expiry, option.strike])
    const entry = net.get(key) ?? { quantity: 0, spot: spotOf(context, option.underlying) }
    entry.quantity += option.quantity
    net.set(key, entry)
  }
  let notional = 0
  for (const { quantity, spot } of net.values()) notional += Math.max(0, -quantity) * spot
  return { initial: notional * rates.initial, maintenance: notional * rates.maintenance }
}

/** Collateral value × its haircut, where a set charges haircuts instead of deducting them. */
export function collateralHaircut({ account }: ChargeContext): Charged {
  const { assets } = account.parameters.collateral
  let initial = 0
  let maintenance = 0
  for (const { holding, credit } of account.holdings) {
    const treatment = assets[holding.asset]
    if (treatment === undefined) continue
    maintenance += credit * treatment.maintenanceHaircut
    initial += credit * (treatment.maintenanceHaircut + treatment.initialHaircutExtra)
  }
  return { initial, maintenance }
}
