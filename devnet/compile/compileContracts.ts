import { createHash } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheDirectory } from './cacheDirectory'
import { gatherSources } from './gatherSources'
import { projectRoot } from './projectRoot'
import { type CompilerOutput, runCompiler } from './runCompiler'
import type { Artifact, Artifacts, CompilationUnit } from './types'
import { withFileLock } from './withFileLock'

/** Thrown when the compiler refuses the sources. */
export class CompilationFailedError extends Error {
  override readonly name = 'CompilationFailedError'
  constructor(
    readonly unit: string,
    readonly messages: readonly string[],
  ) {
    super(`Compiling ${unit} failed:\n${messages.join('\n')}`)
  }
}

/**
 * Compiles a unit, or reads it from the cache. The cache key is the hash of compiler, settings and the content of every
 * source, so an upgraded package can never be served stale. Two processes asking at once compile once.
 */
export async function compileContracts<Name extends string>(
  unit: CompilationUnit<Name>,
  log: (line: string) => void = console.error,
): Promise<Artifacts<Name>> {
  const input = await standardInput(unit)
  const hash = createHash('sha256').update(unit.compiler).update(input).digest('hex').slice(0, 24)
  const path = join(await cacheDirectory(), `${unit.name}-${hash}.json`)
  return (
    (await readCached<Name>(path)) ??
    withFileLock(`${path}.lock`, async () => {
      const cached = await readCached<Name>(path)
      if (cached !== null) return cached
      log(`compiling ${unit.name} with ${unit.compiler} …`)
      const startedAt = Date.now()
      const artifacts = readArtifacts(unit, await runCompiler(unit.compiler, input))
      await writeAtomically(path, JSON.stringify(artifacts))
      log(`compiled ${unit.name} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
      return artifacts
    })
  )
}

async function standardInput(unit: CompilationUnit): Promise<string> {
  const remappings = unit.remappings ?? []
  const sources = await gatherSources(projectRoot(), Object.values(unit.contracts), remappings)
  const outputSelection: Record<string, Record<string, string[]>> = {}
  for (const [name, source] of Object.entries(unit.contracts)) {
    outputSelection[source] = { ...outputSelection[source], [name]: ['abi', 'evm.bytecode'] }
  }
  return JSON.stringify({
    language: 'Solidity',
    sources,
    settings: {
      evmVersion: unit.evmVersion,
      optimizer: { enabled: true, runs: unit.optimizerRuns },
      ...(unit.viaIR ? { viaIR: true } : {}),
      remappings,
      outputSelection,
    },
  })
}

async function readCached<Name extends string>(path: string): Promise<Artifacts<Name> | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return null
  }
}

function readArtifacts<Name extends string>(unit: CompilationUnit<Name>, output: CompilerOutput): Artifacts<Name> {
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    throw new CompilationFailedError(
      unit.name,
      errors.map((error) => error.formattedMessage),
    )
  }
  const artifacts: Partial<Record<Name, Artifact>> = {}
  for (const [name, source] of Object.entries(unit.contracts) as [Name, string][]) {
    const contract = output.contracts?.[source]?.[name]
    if (contract === undefined) throw new CompilationFailedError(unit.name, [`${source} declares no contract ${name}`])
    artifacts[name] = {
      abi: contract.abi as Artifact['abi'],
      bytecode: `0x${contract.evm.bytecode.object}`,
      linkReferences: contract.evm.bytecode.linkReferences as Artifact['linkReferences'],
    }
  }
  return artifacts as Artifacts<Name>
}

async function writeAtomically(path: string, content: string): Promise<void> {
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, content)
  await rename(temporary, path)
}
