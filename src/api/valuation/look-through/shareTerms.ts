import type { ClaimDefinition } from '../../../../engine/collateral/look-through/lookThrough'
import { keptIn, vaultShares } from '../../../protocols/names'
import type { ChainFacts, VaultFact } from '../../facts'
import { receiptTerms, type VaultTerms, vaultTerms } from '../../protocols/vaultTerms'

/** A token whose units are claims on another's, and how. */
export interface ShareTerms {
  readonly chain: string
  readonly token: string
  readonly asset: string
  readonly terms: VaultTerms
  /** What it adds to a path. */
  readonly steps: readonly string[]
  readonly curator: string | null
  readonly asyncRedeem: boolean
}

/** Every token of one chain that is a claim on another, by its name in the engine. */
export interface Shares {
  readonly byName: ReadonlyMap<string, ShareTerms>
  readonly definitions: ReadonlyMap<string, ClaimDefinition>
}

/** What the engine calls a token. */
export function tokenName(chain: string, token: string): string {
  return `${chain}:${token}`
}

/** The vaults and receipts of one chain as the engine looks through them, at `time` (unix seconds). */
export function sharesOf(chain: string, facts: ChainFacts, time: bigint): Shares {
  const symbolOf = (address: string) => facts.tokens.find((row) => row.address === address)?.symbol ?? address
  const receipts = facts.markets.flatMap((market): ShareTerms[] =>
    market.receipt === null || market.token === null
      ? []
      : [
          {
            chain,
            token: market.receipt,
            asset: market.token,
            terms: receiptTerms(facts, market),
            steps: [market.protocol],
            curator: null,
            asyncRedeem: false,
          },
        ],
  )
  const vaults = facts.vaults.map(
    (vault): ShareTerms => ({
      chain,
      token: vault.vault,
      asset: vault.asset,
      terms: vaultTerms(facts, vault, time),
      steps: [`${vaultShares}:${symbolOf(vault.vault)}`, ...lender(vault)],
      curator: vault.curator,
      asyncRedeem: vault.asyncRedeem ?? false,
    }),
  )
  const all = [...receipts, ...vaults].map((share) => [tokenName(chain, share.token), share] as const)
  return {
    byName: new Map(all),
    definitions: new Map(all.map(([name, { terms, asset }]) => [name, definition(terms, tokenName(chain, asset))])),
  }
}

/** A receipt is a step of its own; what a vault has lent is not. */
function lender(vault: VaultFact): readonly string[] {
  return vault.market === null ? [keptIn(vault)].filter((name) => name !== null) : []
}

/** A share nobody can value has no supply: the engine then says that it is missing. */
function definition(terms: VaultTerms, asset: string): ClaimDefinition {
  const rate = terms.kind === 'known' ? terms.rate : { assets: 0n, shares: 0n }
  return { supply: rate.shares, holdings: [{ asset, quantity: rate.assets }], units: [] }
}
