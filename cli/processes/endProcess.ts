import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from './processInfo'

/** Ends a process that is not our child: first with `signal`, after `graceMilliseconds` with SIGKILL. */
export async function endProcess(pid: number, signal: NodeJS.Signals, graceMilliseconds: number): Promise<void> {
  send(pid, signal)
  const deadline = Date.now() + graceMilliseconds
  while (isAlive(pid) && Date.now() < deadline) await sleep(50)
  if (!isAlive(pid)) return
  send(pid, 'SIGKILL')
  while (isAlive(pid) && Date.now() < deadline + 2_000) await sleep(50)
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Already gone.
  }
}
