import { MissingMarketDataError } from '../errors'
import type { ParameterSet, Portfolio, ResolvedCash, ResolvedHolding, ResolvedMarket, Tick } from '../types'
import type { ReadAccount, ReadPosition } from './readInput'
import { resolveHolding, resolveLendingUnit, sortById } from './resolveCollateral'
import { resolveInstrument } from './resolveInstruments'
import { child } from './schema'

function resolveCash(source: ReadAccount['cash'][number], market: ResolvedMarket, pointer: string): ResolvedCash {
  if (source.asset === 'USD') {
    return { ...source, riskGroup: null, className: null, price: 1, cashLike: true }
  }
  const known = market.assets.get(source.asset)
  if (known === undefined || known.markPrice <= 0) {
    throw new MissingMarketDataError(
      `${child('/marketData/assets', source.asset)}/indexPrice`,
      `a price for ${pointer}`,
    )
  }
  const { riskGroup, className, markPrice } = known
  return { ...source, riskGroup, className, price: markPrice, cashLike: known.class.cashLike }
}

/** Spot held at the venue is collateral like any other. */
function spotHolding(
  source: ReadPosition,
  market: ResolvedMarket,
  parameters: ParameterSet,
  pointer: string,
): ResolvedHolding {
  const holding = {
    id: source.id,
    asset: source.underlying,
    quantity: source.quantity,
    oraclePrice: null,
    markPrice: source.markPrice,
    riskGroup: null,
    class: null,
    unusable: null,
    control: 'enforceable',
    movable: null,
    haircut: null,
    subAccount: source.subAccount,
    chain: null,
    protocol: null,
    issuer: null,
    curator: null,
    oracle: null,
    bridge: 'native',
    path: [],
  } as const
  return resolveHolding(holding, market, parameters, pointer)
}

/**
 * One account in a market: every reference looked up, every list sorted by id.
 * @throws EngineError naming the JSON pointer of what is wrong or missing.
 */
export function resolveAccount(read: ReadAccount, tick: Tick): Portfolio {
  const { at, market, parameters } = tick
  const rows = read.positions.map((row, index) => ({ ...row, pointer: `/positions/${index}` }))
  const isHeld = (row: ReadPosition) => row.kind === 'spot' && row.quantity >= 0
  // Spot held at the venue is a holding; only its open orders remain an instrument.
  const traded = rows.flatMap((row) => {
    if (!isHeld(row)) return [row]
    return row.openOrders.length > 0 ? [{ ...row, quantity: 0 }] : []
  })
  const holdings = [
    ...read.collateral.map((row, index) => resolveHolding(row, market, parameters, `/collateral/${index}`)),
    ...rows.filter(isHeld).map((row) => spotHolding(row, market, parameters, row.pointer)),
  ]
  return {
    ...tick,
    model: read.model,
    cash: read.cash
      .map((row, index) => resolveCash(row, market, `/cash/${index}`))
      .sort((one, other) => (`${one.subAccount}/${one.asset}` < `${other.subAccount}/${other.asset}` ? -1 : 1)),
    recourseDebt: read.recourseDebt,
    accruedFunding: read.accruedFunding,
    holdings: sortById(holdings, '/collateral'),
    units: sortById(
      read.lendingUnits.map((row, index) => resolveLendingUnit(row, market, parameters, `/lendingUnits/${index}`)),
      '/lendingUnits',
    ),
    instruments: sortById(
      traded.map((row) => resolveInstrument(row, market, at, row.pointer)),
      '/positions',
    ),
  }
}
