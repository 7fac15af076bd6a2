import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

export interface RecordedReply {
  readonly status: number
  readonly body: unknown
  /** The reply is held back until this resolves. */
  readonly after?: Promise<unknown>
}

/** Chooses the reply to an API request; `undefined` closes the connection without one, as a dead service does. */
export type Recording = (url: URL) => RecordedReply | undefined

export interface RecordedServer {
  readonly url: string
  /** API requests received so far, oldest first. */
  readonly requests: readonly string[]
  play(recording: Recording): void
  close(): Promise<void>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const pages: Readonly<Record<string, string>> = { '/': 'index.html', '/book': 'book.html' }

/** A test fixture, not the product: serves the built page and plays back answers which a test chose. */
export async function serveRecorded(folder: string): Promise<RecordedServer> {
  let recording: Recording = () => undefined
  const requests: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture')
    const file = join(folder, pages[url.pathname] ?? url.pathname.slice(1))
    if (/^\/[a-z]*(\.[a-z]+)?$/.test(url.pathname) && extname(file) !== '.json' && existsSync(file))
      return sendFile(response, file)
    requests.push(url.pathname + url.search)
    void reply(request, response, recording(url))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    play: (next) => {
      recording = next
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function sendFile(response: ServerResponse, file: string): void {
  response
    .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    .end(readFileSync(file))
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  recorded: RecordedReply | undefined,
): Promise<void> {
  if (recorded === undefined) return void request.socket.destroy()
  await recorded.after
  const type = recorded.status < 400 ? 'application/json' : 'application/problem+json'
  response.writeHead(recorded.status, { 'content-type': type }).end(JSON.stringify(recorded.body))
}
