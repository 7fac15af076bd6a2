/** The parts of the answers over all accounts that the page shows. Figures are decimal strings; `null` is unknown. */
import type { AsOf, Figure, Missing } from './answer'

export interface BookSums {
  /** What is held. */
  readonly value: Figure
  /** What is owed, beside it and never netted. */
  readonly debt: Figure
  readonly positions: number
  readonly unvalued: number
}

export interface BookRow extends BookSums {
  readonly share: Figure
}

export interface ConcentrationAnswer {
  readonly by: string
  readonly total: BookSums & { readonly accounts: number }
  readonly keys: number
  readonly herfindahl: Figure
  readonly effectiveNumber: Figure
  readonly rows: readonly (BookRow & { readonly key: string | null; readonly keyReason: string | null })[]
  readonly others: (BookRow & { readonly keys: number }) | null
  readonly topAccounts: readonly (BookRow & {
    readonly account: string
    readonly behind: readonly (BookSums & {
      readonly chain: string
      readonly protocol: string
      readonly asset: string | null
    })[]
  })[]
  readonly reconciles: {
    readonly equal: boolean
    readonly markets: readonly { readonly equal: boolean | null }[]
  }
  readonly complete: boolean
  readonly missing: readonly Missing[]
  readonly asOf: AsOf
  readonly stateHash: string
}

export interface Deployment {
  readonly kind: string
  readonly name: string | null
  readonly address: string
  readonly indexed: boolean
  readonly reasonCode: string | null
  readonly detail: string | null
}

export interface CoverageAnswer {
  readonly chains: Readonly<
    Record<
      string,
      {
        readonly chainId: number
        readonly inCut: boolean
        readonly detail: string | null
        readonly indexedSince?: { readonly blockNumber: string; readonly timestamp: string } | null
        readonly indexedUntil?: { readonly blockNumber: string; readonly timestamp: string }
        readonly deployments?: readonly Deployment[]
        readonly secured?: readonly (BookSums & { readonly protocol: string; readonly accounts: number })[]
        readonly markets?: readonly unknown[]
        readonly vaults?: readonly unknown[]
      }
    >
  >
}
