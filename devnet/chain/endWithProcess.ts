import { type ChildProcess, spawn } from 'node:child_process'

const living = new Set<ChildProcess>()
let watching = false

/**
 * Ties a child to this process: it is killed when this process exits, crashes or is itself killed, and on SIGTERM, SIGINT and
 * SIGHUP where nobody else handles them. Returns a function that ends the child now and waits until it has gone.
 */
export function endWithProcess(child: ChildProcess): () => Promise<void> {
  watch()
  living.add(child)
  const guard = killWhenThisProcessDies(child)
  const gone = new Promise<void>((resolve) => {
    const forget = () => {
      living.delete(child)
      guard?.kill('SIGKILL')
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

/**
 * No handler runs on SIGKILL, so a shell waits for the end of a pipe that only this process holds open. The shell ignores
 * the terminal's signals, which reach it too.
 */
function killWhenThisProcessDies(child: ChildProcess): ChildProcess | null {
  if (process.platform === 'win32' || child.pid === undefined) return null
  const script = 'trap "" INT TERM HUP; read -r _; kill -9 "$1"'
  const guard = spawn('/bin/sh', ['-c', script, 'guard', String(child.pid)], { stdio: ['pipe', 'ignore', 'ignore'] })
  guard.on('error', () => {})
  guard.unref()
  // A pipe is a socket here; it must not keep this process alive.
  ;(guard.stdin as unknown as { unref(): void }).unref()
  return guard
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
