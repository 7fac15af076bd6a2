import type { Control } from '../../engine/types'

/** What a venue can do with an account's collateral; `*` stands for every chain or protocol. */
export type Agreement = {
  readonly venue: string
  /** Lower case. */
  readonly account: string
  readonly chain: string
  readonly protocol: string
  readonly control: Control
  /** The venue can repay a loan and take the rest; only with `enforceable`. */
  readonly unwindable: boolean
}

export type NotedAgreement = Agreement & {
  /** Unix seconds of the chains. */
  readonly since: number
  readonly notedAt: Date
}

/** An agreement as the command line gives it. */
export type AgreementFlags = {
  readonly venue: string
  readonly account: string
  readonly control: string
  readonly unwindable?: boolean
  readonly chain?: string
  readonly protocol?: string
}
