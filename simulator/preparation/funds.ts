import { type AssetSymbol, assets } from '../../devnet/assets'
import type { AaveVersion } from '../../devnet/deploy/types'
import type { ReserveRole } from './types'

/** Token units worth this many dollars at genesis. */
export function unitsFor(symbol: AssetSymbol, dollars: number): bigint {
  const { decimals, initialPrice } = assets[symbol]
  return (BigInt(dollars) * 10n ** 8n * 10n ** BigInt(decimals)) / initialPrice
}

/** The most one account's scaled balance can be: 128 bits in v3.0, 120 bits in v3.6. */
const largestBalance: Readonly<Record<AaveVersion, bigint>> = { '3.0': 2n ** 128n - 1n, '3.6': 2n ** 120n - 1n }

/** What an actor gets of a reserve that is listed later, by its place in the list of actors. */
export function laterUnits(role: ReserveRole, version: AaveVersion, index: number): bigint {
  switch (role) {
    case 'isolated':
      return 100_000n * 10n ** 18n
    case 'siloed':
      return 1_000_000n * 10n ** 6n
    case 'few decimals':
      return version === '3.0' ? 10_000_00n : 10_000n * 10n ** 7n
    case 'huge':
      return index === 0 ? (largestBalance[version] * 9n) / 10n : largestBalance[version] / 1000n
    case 'passing':
      return index < 2 ? 1_000n * 10n ** 18n : 0n
  }
}
