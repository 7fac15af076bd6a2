const windowMinutes = 5

/** Keeps the requests to a chain's nodes below so many a minute, and knows how many they were. */
export class CallBudget {
  #spent: { readonly at: number; readonly calls: number }[] = []

  constructor(
    readonly callsPerMinute: number,
    readonly now: () => number = Date.now,
  ) {}

  /** Notes what a round has cost. @returns milliseconds until the next one may begin. */
  spend(calls: number): number {
    const at = this.now()
    this.#spent = [...this.#spent.filter((entry) => entry.at > at - windowMinutes * 60_000), { at, calls }]
    return (calls / this.callsPerMinute) * 60_000
  }

  /** The mean over the last minutes, of which the first is counted whole. */
  measured(): number {
    const now = this.now()
    const recent = this.#spent.filter(({ at }) => at > now - windowMinutes * 60_000)
    const minutes = recent.length === 0 ? 1 : Math.max(1, (now - recent[0]!.at) / 60_000)
    return recent.reduce((sum, { calls }) => sum + calls, 0) / minutes
  }
}
