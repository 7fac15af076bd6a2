import { log } from '../log'
import { describeExit } from '../processes/processExit'
import { UsageError } from '../UsageError'
import { BackOff } from './backOff'
import { type ApiOptions, type ApiProcess, spawnApi } from './spawnApi'

export type SupervisedApi = { readonly url: string; stop(): Promise<void> }

const usageExitCode = 2
const stopMilliseconds = 2_000
const healthyMilliseconds = 30_000

/**
 * Starts the API and, once it served for the first time, starts it again whenever it dies.
 * @throws UsageError in the API's own words when it refuses to start.
 */
export async function superviseApi(
  options: ApiOptions,
  onChange: (api: { pid: number; url: string }) => void,
): Promise<SupervisedApi> {
  const stopping = new AbortController()
  let current = await spawnApi(options)
  const url = await current.ready.catch(async () => {
    const exit = await current.child.exited
    const words = current.lastWords() || `the API did not start (${describeExit(exit)})`
    throw exit.code === usageExitCode ? new UsageError(words) : new Error(words)
  })
  onChange({ pid: current.child.pid, url })

  const keepUp = async () => {
    const backOff = new BackOff(100, 10_000)
    for (let startedAt = Date.now(); ; startedAt = Date.now()) {
      const exit = await current.child.exited
      if (stopping.signal.aborted) return
      if (Date.now() - startedAt > healthyMilliseconds) backOff.reset()
      log.error({ part: 'api' }, `the API left (${describeExit(exit)}); starting it again`)
      await backOff.wait(stopping.signal)
      if (stopping.signal.aborted) return
      current = await restart(current)
      onChange({ pid: current.child.pid, url })
    }
  }
  const restart = (dead: ApiProcess) => spawnApi({ ...options, port: Number(new URL(url).port) }).catch(() => dead)
  const done = keepUp()
  return {
    url,
    async stop() {
      stopping.abort()
      await current.child.stop(stopMilliseconds)
      await done
    },
  }
}
