import type { Address } from 'viem'

/** A configured Comet as found when the chain was first indexed. Plain JSON. */
export type ResolvedComet = {
  readonly name: string
  readonly comet: Address
  readonly startBlock: number
  /** It was there before the first indexed block. */
  readonly isOlder: boolean
  /** What could be pledged when the chain was first indexed. */
  readonly assets: readonly Address[]
}

export type ResolvedCompoundV3 = {
  readonly comets: readonly ResolvedComet[]
  /** First block at whose end every Comet is read, whatever happened in it. */
  readonly pollFrom: number
}
