import type { Address } from 'viem'

/** A configured wallet token. */
export type ResolvedWalletToken = {
  readonly token: Address
  readonly symbol: string
  readonly decimals: number
  readonly startBlock: number
  /** The token is older than its first indexed block, so accounts may have had some. */
  readonly isOlder: boolean
}
