const tolerance = 2_000

/** The server's clock, as far as its replies tell: ages must not be wrong because the reader's own clock is. */
export class ServerClock {
  private offset = 0

  /** Learns from a reply. A Date header has whole seconds, so small differences mean nothing and are ignored. */
  learn(servedAt: number | null, receivedAt: number): void {
    if (servedAt === null) return
    const offset = servedAt + 500 - receivedAt
    this.offset = Math.abs(offset) > tolerance ? offset : 0
  }

  now(): number {
    return Date.now() + this.offset
  }
}
