import type { Snapshot } from './database'
import type {
  ChainFacts,
  FeedFact,
  MarketFact,
  MarketParametersFact,
  MarketStateFact,
  PriceFact,
  TokenFact,
  VaultFact,
} from './facts'
import { feed, historyReader, market, marketParameters, marketState, price, vault } from './history'
import { loadVaultHoldings } from './loadVaultHoldings'
import { qualify } from './qualify'

/** Everything one chain says about its markets, vaults and price sources, whoever uses them. */
export interface MarketFacts extends Pick<ChainFacts, 'vaultParameters' | 'vaultPositions' | 'vaultAllocations'> {
  readonly markets: readonly MarketFact[]
  readonly marketStates: readonly MarketStateFact[]
  readonly marketParameters: readonly MarketParametersFact[]
  readonly tokens: readonly TokenFact[]
  readonly vaults: readonly VaultFact[]
  readonly feeds: readonly FeedFact[]
  readonly prices: readonly PriceFact[]
}

export async function loadMarkets(
  snapshot: Snapshot,
  question: { readonly schema: string; readonly chainId: number; readonly blockNumber: string },
): Promise<MarketFacts> {
  const read = historyReader(snapshot, question)
  const [markets, marketStates, marketParameterRows, tokens, vaults, feeds, prices] = await Promise.all([
    read.all<MarketFact>(market),
    read.all<MarketStateFact>(marketState),
    read.all<MarketParametersFact>(marketParameters),
    snapshot.rows<TokenFact>(
      `SELECT address, symbol, decimals, block_number FROM ${qualify(question.schema, 'token')}
       WHERE chain_id = $1 AND block_number <= $2 ORDER BY address COLLATE "C"`,
      [question.chainId, question.blockNumber],
    ),
    read.all<VaultFact>(vault),
    read.all<FeedFact>(feed),
    read.all<PriceFact>(price),
  ])
  const { marketKeys: _, ...holdings } = await loadVaultHoldings(read, vaults)
  return { markets, marketStates, marketParameters: marketParameterRows, tokens, ...holdings, feeds, prices }
}
