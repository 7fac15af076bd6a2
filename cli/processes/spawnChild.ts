import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { onceExited, type ProcessExit } from './processExit'

export type ChildOptions = {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** Run as this user and group (root only). */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined
  /** What asks it to end; SIGTERM by default. */
  readonly stopSignal?: NodeJS.Signals
  readonly onStdout?: (line: string) => void
  readonly onStderr?: (line: string) => void
}

export type Child = {
  readonly pid: number
  readonly exited: Promise<ProcessExit>
  /** Asks the child to end and, when it is still there after `graceMilliseconds`, kills it. */
  stop(graceMilliseconds: number): Promise<ProcessExit>
  signal(signal: NodeJS.Signals): void
}

/**
 * When the parent ends in whatever way, its end of the guard's standard input closes and the guard ends the child: no SIGKILL
 * of a supervisor leaves an indexer or a database behind.
 */
const guardScript = `
read -r _
kill -s "$2" "$1" 2>/dev/null
n=0
while kill -0 "$1" 2>/dev/null; do
  n=$((n + 1))
  if [ $n -gt 50 ]; then kill -s KILL "$1" 2>/dev/null; break; fi
  sleep 0.1
done`

/**
 * Starts a process in a group of its own: a Ctrl-C in the terminal reaches the supervisor alone, which then stops its children
 * in the right order.
 * @throws Error when the command cannot be started.
 */
export async function spawnChild(options: ChildOptions): Promise<Child> {
  const stopSignal = options.stopSignal ?? 'SIGTERM'
  const child = spawn(options.command, [...options.args], {
    env: options.env ?? process.env,
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...options.owner,
  })
  const exited = onceExited(child)
  readLines(child.stdout, options.onStdout)
  readLines(child.stderr, options.onStderr)
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  const pid = child.pid!
  const guard = startGuard(pid, stopSignal)
  exited.then(() => guard.kill('SIGKILL'))
  return {
    pid,
    exited,
    signal: (signal) => void child.kill(signal),
    async stop(graceMilliseconds) {
      child.kill(stopSignal)
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds)
      try {
        return await exited
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

function startGuard(pid: number, signal: NodeJS.Signals): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', guardScript, 'crossmargin-guard', String(pid), signal.replace(/^SIG/, '')], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    detached: true,
  })
  guard.on('error', () => undefined)
  guard.stdin.on('error', () => undefined)
  guard.unref()
  ;(guard.stdin as unknown as { unref?: () => void }).unref?.()
  return guard
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: ((line: string) => void) | undefined): void {
  if (stream === null) return
  if (onLine === undefined) stream.resume()
  else createInterface({ input: stream }).on('line', onLine)
}
