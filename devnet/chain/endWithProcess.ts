import type { ChildProcess } from 'node:child_process'

const living = new Set<ChildProcess>()
let watching = false

/**
 * Ties a child to this process: it is killed when this process exits or crashes, and on SIGTERM, SIGINT and SIGHUP where
 * nobody else handles them. Returns a function that ends the child now and waits until it has gone.
 */
export function endWithProcess(child: ChildProcess): () => Promise<void> {
  watch()
  living.add(child)
  const gone = new Promise<void>((resolve) => {
    const forget = () => {
      living.delete(child)
      resolve()
    }
    child.once('exit', forget)
    child.once('error', forget)
  })
  return async () => {
    if (living.has(child)) child.kill('SIGKILL')
    await gone
  }
}

function watch(): void {
  if (watching) return
  watching = true
  process.on('exit', killAll)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A command with a handler of its own stops things in its own order and exits; the exit event does the rest.
      if (process.listenerCount(signal) > 1) return
      killAll()
      process.exit(signal === 'SIGINT' ? 130 : 143)
    })
  }
}

function killAll(): void {
  for (const child of living) child.kill('SIGKILL')
}
