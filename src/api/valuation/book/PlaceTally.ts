import type { BookLine } from './bookLines'
import { type Sums, Tally } from './tally'

/** What one protocol holds on one chain. */
export interface Place {
  readonly chain: string
  readonly protocol: string
  readonly sums: Sums
  /** How many accounts have something there. */
  readonly accounts: number
}

/** Sums by chain and protocol, with the number of accounts behind each. The lines of an account on a chain must come together. */
export class PlaceTally {
  private readonly sums = new Tally()
  private readonly accounts = new Map<string, { count: number; last: string }>()

  add(line: BookLine): void {
    const { chain, protocol, account } = line.keys
    const key = JSON.stringify([chain, protocol])
    this.sums.add(key, line)
    const seen = this.accounts.get(key)
    if (seen === undefined) this.accounts.set(key, { count: 1, last: account! })
    else if (seen.last !== account) this.accounts.set(key, { count: seen.count + 1, last: account! })
  }

  /** In the order of chains and protocols. */
  places(): readonly Place[] {
    return this.sums
      .entries()
      .map(([key, sums]) => {
        const [chain, protocol] = JSON.parse(key!) as [string, string]
        return { chain, protocol, sums, accounts: this.accounts.get(key!)!.count }
      })
      .sort((a, b) => (`${a.chain} ${a.protocol}` < `${b.chain} ${b.protocol}` ? -1 : 1))
  }
}
