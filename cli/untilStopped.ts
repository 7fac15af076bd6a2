import { log } from './log'

/** What runs until it is told to stop. */
export type Running = { readonly failed?: Promise<string>; stop(): Promise<void> }

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Starts something, keeps it until Ctrl-C, SIGTERM or its own failure, and stops it. A second signal ends at once; the guards of
 * the children then end these.
 * @param start given a signal that aborts when the stop comes while starting.
 * @returns the exit code: 0 after a signal, 1 after a failure.
 */
export async function untilStopped<T extends Running>(
  start: (signal: AbortSignal) => Promise<T>,
  whenStarted: (running: T) => Promise<void> | void,
): Promise<number> {
  const stopping = new AbortController()
  let asked: () => void = () => undefined
  const signalled = new Promise<undefined>((resolve) => {
    asked = () => resolve(undefined)
  })
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping.signal.aborted) process.exit(1)
    log.info(`stopping (${signal}); once more to end at once`)
    stopping.abort(new StoppedError())
    asked()
  }
  for (const signal of signals) process.on(signal, onSignal)
  try {
    const running = await start(stopping.signal)
    try {
      const outcome = Promise.race([signalled, running.failed ?? signalled])
      await Promise.race([whenStarted(running), outcome])
      const reason = await outcome
      if (reason === undefined || stopping.signal.aborted) return 0
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

class StoppedError extends Error {
  override readonly name = 'StoppedError'
}
