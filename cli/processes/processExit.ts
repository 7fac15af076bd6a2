import type { ChildProcess } from 'node:child_process'

/** How a process ended: with a code, or by a signal. */
export type ProcessExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** Output still in the pipe when a process ends is waited for this long: a grandchild may hold the pipe open for ever. */
const outputGraceMilliseconds = 300

/** Resolves when the process is gone and what it wrote has been read. Never rejects. */
export function onceExited(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const timer = setTimeout(() => resolve({ code, signal }), outputGraceMilliseconds)
      child.once('close', () => {
        clearTimeout(timer)
        resolve({ code, signal })
      })
    })
    child.once('error', () => {
      if (child.pid === undefined) resolve({ code: null, signal: null })
    })
  })
}

/** In words, for messages: `exit 75`, `SIGKILL`. */
export function describeExit({ code, signal }: ProcessExit): string {
  return signal ?? (code === null ? 'could not be started' : `exit ${code}`)
}
