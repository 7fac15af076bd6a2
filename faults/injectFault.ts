import { setTimeout as delay } from 'node:timers/promises'
import type { Fault, Stage } from './types'
import { detection } from './watch/detection'
import type { Verdict } from './watch/Judge'
import type { Sample, Watch } from './watch/Watch'

/** What became of one fault; seconds from its beginning to when it was noticed, and from its end to when all was right again. */
export interface Injection {
  readonly fault: Fault
  readonly changed: number
  readonly detectedBy: string | null
  readonly detectedSeconds: number | null
  readonly lastedSeconds: number
  readonly recoveredSeconds: number | null
}

const detectionSeconds = 40
const recoverySeconds = 150
/** A fault goes on for so long even when it was noticed before. */
const shortestSeconds = 4
const longestSeconds = 14
/** All is well again when every chain is as near to its head as this. */
const freshSeconds = 12

/**
 * Begins a fault, waits until the product shows that it has noticed and for some time more, ends it, and waits until everything is right and complete again.
 * @param isBrief whether it ends as soon as it was noticed.
 */
export async function injectFault(fault: Fault, stage: Stage, watch: Watch, isBrief = false): Promise<Injection> {
  const { product, random, devnet } = stage
  const chains = devnet.chains.map(({ name }) => name)
  const heard = product.log.length
  watch.excuses(fault)
  const begun = await fault.begin(stage)
  const beganAt = Date.now()
  let detectedBy: string | null = null
  const detectedAt = await watch.until(detectionSeconds, (sample) => {
    detectedBy = detection(fault, sample, product.log.slice(heard))
    return detectedBy !== null && begun.changed > 0
  })
  const lasting = isBrief ? 0 : random.between(shortestSeconds, longestSeconds)
  const rest = beganAt + 1000 * lasting - Date.now()
  if (watch.wrong.length === 0) await delay(Math.max(0, rest))
  await begun.end()
  const endedAt = Date.now()
  const recoveredAt =
    watch.wrong.length > 0 ? null : await watch.until(recoverySeconds, (...seen) => isWell(chains, endedAt, ...seen))
  watch.excuses({ chains: [], isTotal: false })
  const since = (at: number | null, from: number) => (at === null ? null : Math.max(0, at - from) / 1000)
  return {
    ...{ fault, changed: begun.changed },
    detectedBy: detectedAt === null ? null : detectedBy,
    detectedSeconds: since(detectedAt, beganAt),
    lastedSeconds: (endedAt - beganAt) / 1000,
    recoveredSeconds: since(recoveredAt, endedAt),
  }
}

/**
 * Complete, near the heads of all chains, and equal to what the contracts say.
 * @param since every chain has to have come to a block after this, milliseconds by the wall clock.
 */
export function isWell(
  chains: readonly string[],
  since: number,
  { figure, at }: Sample,
  verdict: Verdict | null,
): boolean {
  if (figure === null || verdict === null || !figure.complete) return false
  return chains.every((chain) => {
    const block = figure.asOf.chains[chain]
    if (block === undefined || !verdict.exact.includes(chain)) return false
    const time = Date.parse(block.timestamp)
    return time >= since && at - time < 1000 * freshSeconds
  })
}
