import type { RunState } from '../../cli/processes/runFile'
import type { Fault } from '../types'

/** A process is killed outright, and nobody else is told. */
export function processFault(
  name: string,
  chains: readonly string[],
  isTotal: boolean,
  pidOf: (running: RunState) => number | null | undefined,
): Fault {
  return {
    name,
    chains,
    isTotal,
    async begin({ product }) {
      const running = product.running()
      const pid = running === undefined ? null : (pidOf(running) ?? null)
      if (pid !== null) process.kill(pid, 'SIGKILL')
      return { changed: pid === null ? 0 : 1, end: async () => undefined }
    },
  }
}
