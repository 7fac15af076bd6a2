import { connect, createServer, type Socket } from 'node:net'

export interface CuttableProxy {
  readonly port: number
  /** Ends all connections and refuses new ones until `restore`. */
  cut(): void
  restore(): void
  close(): Promise<void>
}

/** A TCP proxy in front of a local port, to take a node away from those who use it and give it back. */
export async function cuttableProxy(targetPort: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>()
  let isCut = false
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    if (isCut) {
      client.destroy()
      return
    }
    const target = connect(targetPort, '127.0.0.1')
    track(client)
    track(target)
    client.once('close', () => target.destroy())
    target.once('close', () => client.destroy())
    client.pipe(target).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as { port: number }).port,
    cut: () => {
      isCut = true
      endAll()
    },
    restore: () => {
      isCut = false
    },
    close: () =>
      new Promise((resolve) => {
        endAll()
        server.close(() => resolve())
      }),
  }
}
