import { createServer } from 'node:net'
import { UsageError } from '../UsageError'

/** @throws UsageError naming the port when something already listens there (0 is always free). */
export async function assertPortFree(port: number, host: string): Promise<void> {
  if (port === 0) return
  const server = createServer()
  const problem = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    server.once('error', resolve)
    server.listen({ port, host, exclusive: true }, () => resolve(undefined))
  })
  await new Promise<void>((resolve) => server.close(() => resolve()))
  if (problem === undefined) return
  const fix = 'stop what uses it, or choose another with --port or CROSSMARGIN_PORT (0 = any free one)'
  if (problem.code === 'EADDRINUSE') throw new UsageError(`port ${port} on ${host} is taken; ${fix}`)
  throw new UsageError(`cannot listen on ${host}:${port} (${problem.code}); ${fix}`)
}
