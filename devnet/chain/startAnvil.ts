import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import getPort from 'get-port'
import { createPublicClient, http } from 'viem'
import { anvilBinary } from './anvilBinary'
import { endWithProcess } from './endWithProcess'

export interface AnvilOptions {
  readonly name: string
  readonly chainId: number
  /** Unix seconds of block 0. */
  readonly genesisTimestamp: number
  /** A free one is chosen when absent. */
  readonly port?: number
}

export interface Anvil {
  readonly pid: number
  readonly port: number
  readonly rpcUrl: string
  readonly wsUrl: string
  /** Resolves when the process has ended, however it ended. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** Thrown when a chain cannot use the port it was told to use. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError'
  constructor(
    readonly chain: string,
    readonly port: number,
  ) {
    super(`Port ${port} for chain ${chain} is taken: stop the process that listens there or choose another port`)
  }
}

/** Thrown when anvil does not answer, or when what answers is not the chain just started. */
export class ChainStartError extends Error {
  override readonly name = 'ChainStartError'
  constructor(
    readonly chain: string,
    reason: string,
  ) {
    super(`Chain ${chain} did not start: ${reason}`)
  }
}

const startTimeoutMilliseconds = 20_000

/**
 * Starts one anvil with mining by hand only. It ends with this process. What answers on the port is checked to be this
 * very chain at block 0, so a left-over from an earlier run is never taken for it.
 */
export async function startAnvil(options: AnvilOptions): Promise<Anvil> {
  const port = options.port ?? (await getPort({ host: '127.0.0.1' }))
  if (!(await isFree(port))) throw new PortTakenError(options.name, port)
  const child = spawn(anvilBinary(), anvilArguments(options, port), { stdio: 'ignore', detached: false })
  const stop = endWithProcess(child)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const rpcUrl = `http://127.0.0.1:${port}`
  try {
    await waitForGenesis(options, child, rpcUrl)
  } catch (error) {
    await stop()
    throw error
  }
  return { pid: child.pid!, port, rpcUrl, wsUrl: `ws://127.0.0.1:${port}`, ended, stop }
}

function anvilArguments(options: AnvilOptions, port: number): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--silent'],
    ...['--chain-id', String(options.chainId), '--timestamp', String(options.genesisTimestamp)],
    ...['--no-mining', '--order', 'fifo', '--auto-impersonate'],
    // Free gas and roomy blocks: deployment and seeding need no ether, and a block holds whatever is queued.
    ...['--accounts', '0', '--base-fee', '0', '--gas-price', '0', '--gas-limit', '3000000000'],
  ]
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

async function waitForGenesis(options: AnvilOptions, child: ChildProcess, rpcUrl: string): Promise<void> {
  let spawnError: Error | null = null
  child.once('error', (error) => {
    spawnError = error
  })
  const client = createPublicClient({ transport: http(rpcUrl, { retryCount: 0, timeout: 2_000 }) })
  const deadline = Date.now() + startTimeoutMilliseconds
  while (Date.now() < deadline) {
    if (spawnError !== null) throw new ChainStartError(options.name, String(spawnError))
    if (child.exitCode !== null) throw new ChainStartError(options.name, `anvil ended with code ${child.exitCode}`)
    const chainId = await client.getChainId().catch(() => null)
    if (chainId !== null) {
      const block = await client.getBlock()
      if (chainId === options.chainId && block.number === 0n && Number(block.timestamp) === options.genesisTimestamp)
        return
      throw new ChainStartError(
        options.name,
        `another chain (id ${chainId}, block ${block.number}) answers at ${rpcUrl}`,
      )
    }
    await delay(20)
  }
  throw new ChainStartError(options.name, `no answer at ${rpcUrl} within ${startTimeoutMilliseconds / 1000} s`)
}
