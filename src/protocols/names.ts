/** The registry as it is seen where protocols meet: names in the facts, for what one has in another. Without the schemas, because the page loads it. */

/** Under which accounts hold shares of vaults; under the second they wait to be redeemed. */
export const shareProtocols = ['erc4626', 'erc7540'] as const
export const [vaultShares, queuedShares] = shareProtocols

/** Under which tokens are simply held. */
export const heldPlainly = 'wallet'

/** Of the protocol in which a vault has what its shares stand for; null where it keeps its assets itself. */
export function keptIn({ shape, market }: { readonly shape: string; readonly market: string | null }): string | null {
  if (shape === 'metaMorpho' || shape === 'vaultV2') return 'morpho-blue'
  return market === null ? null : 'aave-v3'
}

/** Where an account's first event brings all it had in the contract, and the row that shows it has had one: its own, or one of the contract as a market. */
export const wholeAtFirstEvent: Readonly<Record<string, 'account' | 'position'>> = {
  'aave-v3': 'account',
  'compound-v3': 'account',
  [vaultShares]: 'position',
  [queuedShares]: 'position',
  [heldPlainly]: 'position',
}

/** Whose rows the rates of shares rest on. */
export const behindShares: ReadonlySet<string> = new Set([vaultShares, 'aave-v3', 'morpho-blue'])

/** What a whole chain's figures rest on: which blocks there are, and what its exchange pools can take. */
export const behindEverything: ReadonlySet<string> = new Set(['blocks', 'uniswap-v3'])
