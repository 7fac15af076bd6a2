import { setTimeout as sleep } from 'node:timers/promises'

/** Waiting times that double from `firstMilliseconds` to `longestMilliseconds`. */
export class BackOff {
  #next: number
  constructor(
    readonly firstMilliseconds: number,
    readonly longestMilliseconds: number,
  ) {
    this.#next = firstMilliseconds
  }

  reset(): void {
    this.#next = this.firstMilliseconds
  }

  /** Waits the current time, or until `signal` aborts. Returns the milliseconds meant to be waited. */
  async wait(signal: AbortSignal): Promise<number> {
    const milliseconds = this.#next
    this.#next = Math.min(this.#next * 2, this.longestMilliseconds)
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
    return milliseconds
  }

  get nextMilliseconds(): number {
    return this.#next
  }
}
