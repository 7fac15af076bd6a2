import { createServer } from 'node:http'

export interface CountingProxy {
  readonly url: string
  /** How often a method was asked, by its name. */
  count(method: string): number
  close(): Promise<void>
}

/** A JSON-RPC proxy in front of a node that counts what it is asked, whoever asks. */
export async function countingProxy(target: string): Promise<CountingProxy> {
  const counts = new Map<string, number>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    for (const { method } of [JSON.parse(body)].flat()) counts.set(method, (counts.get(method) ?? 0) + 1)
    const answer = await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    response.setHeader('content-type', 'application/json')
    response.end(await answer.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    count: (method) => counts.get(method) ?? 0,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
