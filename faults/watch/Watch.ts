import { setTimeout as delay } from 'node:timers/promises'
import type { Address } from 'viem'
import type { Drift } from '../../simulator/types'
import { describeDrift } from '../describeDrift'
import { askFigure, askStatus, type FigureBody, type StatusBody } from './ask'
import type { Judge, Verdict } from './Judge'

export interface Sample {
  /** When it was asked and answered; milliseconds by the wall clock. */
  readonly askedAt: number
  readonly at: number
  readonly figure: FigureBody | null
  readonly status: StatusBody | null
}

/** What may be missing now. */
export interface Excuse {
  readonly chains: readonly string[]
  readonly isTotal: boolean
}

export interface WatchOptions {
  readonly url: string
  readonly chains: readonly string[]
  readonly accounts: readonly Address[]
  readonly judge: Judge
  /** Told whenever an answer says something else than the one before, and of every wrong figure. */
  readonly progress: (line: string) => void
  /** Ends all waiting. */
  readonly signal: AbortSignal | undefined
}

const everyMilliseconds = 1_000
/** Answers that wait to be compared; with more of them no new one is asked for, so that what is known of an answer is never old. */
const mostUnjudged = 3

/** Asks for a figure every second, holds each against the contracts and keeps the tally. */
export class Watch {
  /** Figures that are not what the contracts say. */
  readonly wrong: Drift[] = []
  /** Seconds in which a chain that nothing had happened to was not in an answer. */
  readonly absences: string[] = []
  /** Answers that could not be compared, and why. */
  readonly unjudged: string[] = []
  samples = 0
  completeSamples = 0
  checks = 0
  private excuse: Excuse = { chains: [], isTotal: false }
  private readonly stopping = new AbortController()
  private readonly listeners = new Set<(sample: Sample, verdict: Verdict | null) => void>()
  private running: Promise<void> = Promise.resolve()
  private said = ''

  constructor(private readonly options: WatchOptions) {}

  start(): void {
    this.running = this.run()
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  /** From now on these may be missing. */
  excuses(excuse: Excuse): void {
    this.excuse = excuse
  }

  /**
   * Waits for a sample, asked for after now, that `holds`.
   * @param holds given the sample as soon as it is there, and again with the verdict on it.
   * @returns when it held; `null` when it did not in time, a figure was wrong, or the run is ended.
   */
  async until(seconds: number, holds: (sample: Sample, verdict: Verdict | null) => boolean): Promise<number | null> {
    const from = Date.now()
    const { signal } = this.options
    if (signal?.aborted) return null
    return new Promise((resolve) => {
      const done = (at: number | null) => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', giveUp)
        this.listeners.delete(listen)
        resolve(at)
      }
      const giveUp = () => done(null)
      const timer = setTimeout(giveUp, seconds * 1000)
      signal?.addEventListener('abort', giveUp)
      const listen = (sample: Sample, verdict: Verdict | null) => {
        if (this.wrong.length > 0) done(null)
        else if (sample.askedAt >= from && holds(sample, verdict)) done(sample.at)
      }
      this.listeners.add(listen)
    })
  }

  private async run(): Promise<void> {
    const { url, accounts, judge } = this.options
    let judging: Promise<unknown> = Promise.resolve()
    let waiting = 0
    while (!this.stopping.signal.aborted) {
      const askedAt = Date.now()
      const excuse = this.excuse
      const [figure, status] = await Promise.all([askFigure(url, accounts), askStatus(url)])
      const sample: Sample = { askedAt, at: Date.now(), figure, status }
      this.count(sample, excuse)
      this.say(sample)
      this.tell(sample, null)
      if (figure !== null) {
        // One after the other, and none is left out.
        waiting += 1
        judging = judging
          .then(async () => {
            const verdict = await judge.judge(figure, sample.at)
            this.checks += verdict.checks
            this.wrong.push(...verdict.wrong)
            for (const drift of verdict.wrong) this.options.progress(`wrong: ${describeDrift(drift)}`)
            this.tell(sample, verdict)
          })
          .catch((error: Error) => this.unjudged.push(error.message))
          .finally(() => {
            waiting -= 1
          })
      }
      if (waiting >= mostUnjudged) await judging
      await delay(Math.max(0, everyMilliseconds - (Date.now() - askedAt)), undefined, {
        signal: this.stopping.signal,
      }).catch(() => undefined)
    }
    await judging
  }

  private count({ at, figure }: Sample, { chains, isTotal }: Excuse): void {
    this.samples += 1
    if (figure?.complete === true) this.completeSamples += 1
    if (figure === null && isTotal) return
    for (const chain of this.options.chains) {
      if (chains.includes(chain) || figure?.asOf.chains[chain] !== undefined) continue
      const reason = figure?.missing.find((row) => row.chain === chain)
      this.absences.push(`${new Date(at).toISOString()} ${chain}: ${reason?.reasonCode ?? 'no answer'}`)
    }
  }

  private say({ figure }: Sample): void {
    const reasons = figure?.missing.map(({ scope, chain, id, reasonCode, detail }) =>
      scope === 'chain' ? `${chain} ${reasonCode} (${detail})` : `${chain} ${id} ${reasonCode}`,
    )
    const words = reasons === undefined ? 'no answer' : reasons.length === 0 ? 'complete' : reasons.join('; ')
    const gist = words.replaceAll(/\d+/g, '')
    if (gist !== this.said) this.options.progress(`  ${words}`)
    this.said = gist
  }

  private tell(sample: Sample, verdict: Verdict | null): void {
    for (const listener of [...this.listeners]) listener(sample, verdict)
  }
}
