import type { ChainFacts, PositionFact, VaultFact, VaultParametersFact } from './facts'
import { type HistoryReader, type Key, position, vaultParameters } from './history'

/** Whose receipts a vault with a market wraps or holds. */
const receiptsOf = 'aave-v3'

/** Where vaults with queues lend. */
const lendsIn = 'morpho-blue'

/** What vaults have in markets, by what rules, and the markets it is in. */
export interface VaultHoldings extends Pick<ChainFacts, 'vaultParameters' | 'vaultPositions'> {
  readonly marketKeys: readonly Key[]
}

/** Loads what stands behind vaults that do not keep their assets themselves. */
export async function loadVaultHoldings(read: HistoryReader, vaults: readonly VaultFact[]): Promise<VaultHoldings> {
  const lenders = vaults.filter(({ shape }) => shape === 'metaMorpho').map(({ vault }) => [vault])
  const parameters = await read.ofKeys<VaultParametersFact>(vaultParameters, lenders)
  const inMarkets = [
    ...vaults.flatMap(({ vault, market }) => (market === null ? [] : [{ vault, key: [receiptsOf, market] }])),
    ...parameters.flatMap(({ vault, withdrawQueue }) =>
      withdrawQueue.map((market) => ({ vault, key: [lendsIn, market] })),
    ),
  ]
  const positions = await read.ofKeys<PositionFact>(
    position,
    inMarkets.map(({ vault, key }) => [vault, ...key, 'supply']),
  )
  return {
    ...(parameters.length === 0 ? {} : { vaultParameters: parameters }),
    ...(positions.length === 0 ? {} : { vaultPositions: positions }),
    marketKeys: [...new Map(inMarkets.map(({ key }) => [key.join(' '), key])).values()],
  }
}
