import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CacheNotWritableError } from '../../devnet/compile/cacheDirectory'
import { compileChainlink } from '../../devnet/compile/chainlink'
import { CompilationFailedError, compileContracts } from '../../devnet/compile/compileContracts'
import { SourceNotFoundError } from '../../devnet/compile/gatherSources'

describe('compiling contracts', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contracts-'))
    vi.stubEnv('CROSSMARGIN_CACHE_DIR', join(folder, 'cache'))
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })

  it('compiles once for many askers and never again', async () => {
    const lines: string[] = []
    const log = (line: string) => void lines.push(line)
    const [first, second] = await Promise.all([compileChainlink(log), compileChainlink(log)])
    expect(second).toEqual(first)
    expect(await compileChainlink(log)).toEqual(first)
    expect(lines.filter((line) => line.startsWith('compiling'))).toHaveLength(1)
    expect(first.FluxAggregator.bytecode.length).toBeGreaterThan(10_000)
    expect(await readdir(join(folder, 'cache'))).toEqual([expect.stringMatching(/^chainlink-[0-9a-f]{24}\.json$/)])
  }, 60_000)

  it('says which setting to change when the cache cannot be written', async () => {
    await writeFile(join(folder, 'cache'), 'a file where the folder should be')
    const compilation = compileChainlink(() => {})
    await expect(compilation).rejects.toThrow(CacheNotWritableError)
    await expect(compilation).rejects.toThrow('CROSSMARGIN_CACHE_DIR')
  })

  const unit = { name: 'wrong', compiler: 'solc-0.8.27', evmVersion: 'shanghai', optimizerRuns: 1 } as const

  it('names a source that is missing', async () => {
    const compilation = compileContracts({ ...unit, contracts: { Nothing: 'devnet/contracts/Nothing.sol' } })
    await expect(compilation).rejects.toThrow(SourceNotFoundError)
  })

  it('names a contract that its source does not declare, and leaves no lock', async () => {
    const contracts = { Nothing: 'devnet/contracts/FlashBorrower.sol' }
    const compilation = compileContracts({ ...unit, contracts }, () => {})
    await expect(compilation).rejects.toThrow(CompilationFailedError)
    expect(await readdir(join(folder, 'cache'))).toEqual([])
  }, 60_000)
})
