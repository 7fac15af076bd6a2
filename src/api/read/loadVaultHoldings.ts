import { keptIn } from '../../protocols/names'
import type { ChainFacts, PositionFact, VaultFact, VaultParametersFact } from './facts'
import { type HistoryReader, type Key, position, vaultParameters } from './history'

/** What vaults have in markets, by what rules, and the markets it is in. */
export interface VaultHoldings extends Pick<ChainFacts, 'vaultParameters' | 'vaultPositions'> {
  readonly marketKeys: readonly Key[]
}

/** Loads what stands behind vaults that do not keep their assets themselves. */
export async function loadVaultHoldings(read: HistoryReader, vaults: readonly VaultFact[]): Promise<VaultHoldings> {
  const lenders = vaults.filter((vault) => vault.market === null && keptIn(vault) !== null)
  const parameters = await read.ofKeys<VaultParametersFact>(
    vaultParameters,
    lenders.map(({ vault }) => [vault]),
  )
  const queues = new Map(parameters.map(({ vault, withdrawQueue }) => [vault, withdrawQueue]))
  const inMarkets = vaults.flatMap((each) => {
    const markets = each.market === null ? (queues.get(each.vault) ?? []) : [each.market]
    return markets.map((market) => ({ vault: each.vault, key: [keptIn(each)!, market] }))
  })
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
