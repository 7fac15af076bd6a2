import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runDevnet } from '../../cli/commands/devnet'
import { loadConfig } from '../../config/load'
import { ChainStartError, PortTakenError, startAnvil } from '../../devnet/chain/startAnvil'
import { isRunning } from './isRunning'

const root = join(import.meta.dirname, '..', '..')
const genesisTimestamp = 1_700_000_000

/** Runs TypeScript as a process of its own. */
function runScript(code: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

async function lineOf(child: ChildProcess, start: string): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) if (line.startsWith(start)) return line
  throw new Error(`The process ended without a line that starts with ${start}`)
}

const startChain = `
  import { startAnvil } from './devnet/chain/startAnvil'
  const chain = await startAnvil({ name: 'alone', chainId: 4242, genesisTimestamp: ${genesisTimestamp} })
  console.log('pid ' + chain.pid)
`

describe('starting a chain', () => {
  it('refuses a port that another program holds', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const start = startAnvil({ name: 'alpha', chainId: 4242, genesisTimestamp, port })
    await expect(start).rejects.toThrow(PortTakenError)
    await expect(start).rejects.toThrow(`Port ${port} for chain alpha is taken`)
    server.close()
  })

  it('never takes an older chain on the same port for its own', async () => {
    const older = await startAnvil({ name: 'older', chainId: 4242, genesisTimestamp })
    try {
      const start = startAnvil({ name: 'newer', chainId: 4242, genesisTimestamp, port: older.port })
      await expect(start).rejects.toThrow(PortTakenError)
      expect(isRunning(older.pid)).toBe(true)
    } finally {
      await older.stop()
    }
    expect(isRunning(older.pid)).toBe(false)
  })

  it('says so when anvil does not start', async () => {
    const start = startAnvil({ name: 'alpha', chainId: -1, genesisTimestamp })
    await expect(start).rejects.toThrow(ChainStartError)
  })
})

describe('a process that started a chain', () => {
  for (const [end, code, signal] of [
    ['exits', 'process.exit(0)', null],
    ['crashes', 'setTimeout(() => { throw new Error("crash") }, 50)', null],
    ['is terminated', 'setInterval(() => {}, 1000)', 'SIGTERM'],
    ['is interrupted', 'setInterval(() => {}, 1000)', 'SIGINT'],
    ['is killed', 'setInterval(() => {}, 1000)', 'SIGKILL'],
  ] as const) {
    it(`leaves no chain when it ${end}`, async () => {
      const child = runScript(`${startChain}\n${code}`)
      const ended = once(child, 'exit')
      const pid = Number((await lineOf(child, 'pid ')).slice(4))
      if (signal !== null) {
        expect(isRunning(pid)).toBe(true)
        child.kill(signal)
      }
      await ended
      await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false)
    }, 60_000)
  }
})

describe('the devnet command', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'devnet-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const run = (args: readonly string[]) =>
    runScript(
      `import { runDevnet } from './cli/commands/devnet'\nprocess.exitCode = await runDevnet(${JSON.stringify(args)})`,
    )

  it('writes manifest and configuration, makes blocks, and ends cleanly on SIGTERM', async () => {
    const manifestPath = join(folder, 'empty.json')
    const child = run(['--manifest', manifestPath, '--seed', '5', '--chains', '1', '--empty'])
    const ended = once(child, 'exit')
    expect(await lineOf(child, 'devnet ready')).toBe(`devnet ready ${manifestPath}`)
    const manifest = JSON.parse(await readFile(manifestPath, 'utf8'))
    expect(manifest.seed).toBe(5)
    expect(manifest.accounts).toEqual([])
    expect(manifest.actors[0].privateKey).toMatch(/^0x[0-9a-f]{64}$/)
    expect(manifest.contracts.alpha.aave).toBeNull()
    const { rpc, aaveV3, chainlink } = loadConfig(manifest.config).chains.alpha!
    expect(aaveV3).toEqual([])
    expect(chainlink).toHaveLength(5)
    const height = async () => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(rpc[0]!, { method: 'POST', body, headers })
      return Number(((await answer.json()) as { result: string }).result)
    }
    const before = await height()
    await expect.poll(height, { timeout: 10_000, interval: 200 }).toBeGreaterThan(before)
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    await expect(height()).rejects.toThrow()
  }, 60_000)

  it('answers wrong usage with code 2', async () => {
    for (const args of [['--nonsense'], ['--seed', 'x'], ['--chains', '99']]) {
      expect(await runDevnet(args)).toBe(2)
    }
  })
})
