import { log } from './log'

/** What runs until it is told to stop. */
export type Running = {
  /** Resolves with a reason when it cannot go on by itself. */
  readonly failed?: Promise<string>
  stop(): Promise<void>
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The stop came from outside. */
class StoppedError extends Error {
  override readonly name = 'StoppedError'
}

/**
 * Starts something, keeps it until Ctrl-C, SIGTERM or its own failure, and stops it. A second signal ends at once; the guards of
 * the children then end these.
 * @param start given a signal that aborts when the stop comes.
 * @param whenStarted may return `'done'` to stop without being asked to.
 * @returns the exit code: 0 after a signal or `'done'`, 1 after a failure.
 */
export async function untilStopped<T extends Running>(
  start: (signal: AbortSignal) => Promise<T>,
  whenStarted: (running: T) => Promise<'done' | undefined> | undefined,
): Promise<number> {
  const stopping = new AbortController()
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping.signal.aborted) process.exit(1)
    log.info(`stopping (${signal}); once more to end at once`)
    stopping.abort(new StoppedError())
  }
  for (const signal of signals) process.on(signal, onSignal)
  try {
    const running = await start(stopping.signal)
    try {
      const stopped = new Promise<undefined>((resolve) => {
        if (stopping.signal.aborted) resolve(undefined)
        stopping.signal.addEventListener('abort', () => resolve(undefined))
      })
      const failed = running.failed ?? new Promise<never>(() => undefined)
      const work = Promise.resolve(whenStarted(running)).then(
        (outcome) => outcome ?? new Promise<never>(() => undefined),
      )
      const reason = await Promise.race([stopped, failed, work])
      if (reason === undefined || reason === 'done') return 0
      log.fatal(reason)
      return 1
    } finally {
      await running.stop()
    }
  } catch (error) {
    if (stopping.signal.aborted) return 0
    throw error
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
  }
}
