import type { AaveMarket, AaveReserve } from '../deploy/types'

/** The reserve of an asset, also of one that was listed later. */
export function reserveOf(market: AaveMarket, asset: string): AaveReserve {
  const reserve = market.reserves[asset]
  if (reserve === undefined) throw new RangeError(`The market has no reserve for ${asset}`)
  return reserve
}
