import { MissingMarketDataError, UnknownReferenceError } from '../errors'
import { shippedParameters } from '../parameters/shippedParameters'
import type { ParameterSet, Portfolio, ResolvedCash, ResolvedHolding, ResolvedMarket } from '../types'
import { mergePatch } from './mergePatch'
import { type ReadInput, type ReadPosition, readInput } from './readInput'
import { readParameters } from './readParameters'
import { resolveHolding, resolveLendingUnit, sortById } from './resolveCollateral'
import { resolveInstrument } from './resolveInstruments'
import { resolveMarket } from './resolveMarket'
import { child } from './schema'

function shipped(id: unknown, pointer: string): ParameterSet {
  const found = typeof id === 'string' ? shippedParameters.get(id) : undefined
  if (found === undefined) throw new UnknownReferenceError(pointer, 'parameter set')
  return found
}

/** Resolves `parameters`: an id, a whole set, or `{extends: id, …}` with the fields that differ (a JSON merge patch). */
export function resolveParameters(value: unknown, pointer: string): ParameterSet {
  if (typeof value === 'string') return shipped(value, pointer)
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'extends')) {
    const { extends: base, ...patch } = value as Record<string, unknown>
    return readParameters(mergePatch(shipped(base, child(pointer, 'extends')), patch), pointer)
  }
  return readParameters(value, pointer)
}

function resolveCash(source: ReadInput['cash'][number], market: ResolvedMarket, pointer: string): ResolvedCash {
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
 * Turns the stored form into the form the engine computes with: the one conversion to float64, every reference looked up,
 * every list sorted by id.
 * @throws EngineError naming the JSON pointer of what is wrong or missing.
 */
export function resolve(input: unknown): Portfolio {
  const read = readInput(input, '')
  const parameters = resolveParameters(read.parameters, '/parameters')
  const market = resolveMarket(read.marketData, parameters, read.at, '/marketData')
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
    model: read.model,
    at: read.at,
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
      traded.map((row) => resolveInstrument(row, market, read.at, row.pointer)),
      '/positions',
    ),
    market,
    parameters,
  }
}
