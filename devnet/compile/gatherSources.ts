import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** Thrown when an import cannot be found on disk. */
export class SourceNotFoundError extends Error {
  override readonly name = 'SourceNotFoundError'
  constructor(
    readonly sourceUnit: string,
    readonly path: string,
  ) {
    super(`Solidity source ${sourceUnit} was not found at ${path}: run npm ci`)
  }
}

const importPattern = /^\s*(?:import|\}\s*from)\b[^'";]*?(?:from\s*)?['"]([^'"]+)['"]/gm

/** Follows a Solidity file's import statements; comments may add a file too many, never miss one. */
function importsOf(source: string): string[] {
  return [...source.matchAll(importPattern)].map((match) => match[1]!)
}

function remap(path: string, remappings: readonly string[]): string {
  for (const remapping of remappings) {
    const [prefix, target] = remapping.split('=') as [string, string]
    if (path.startsWith(prefix)) return target + path.slice(prefix.length)
  }
  return path
}

/**
 * Collects the entry files and all they import, keyed by source unit name (the path below `node_modules`, or below the
 * project for `devnet/…`). Passing every source to the compiler, instead of answering its import callback, is what
 * makes the content hash of a compilation possible before compiling.
 */
export async function gatherSources(
  root: string,
  entries: readonly string[],
  remappings: readonly string[],
): Promise<Record<string, { content: string }>> {
  const sources: Record<string, { content: string }> = {}
  let pending = [...new Set(entries)]
  while (pending.length > 0) {
    const found = new Set<string>()
    for (const unit of pending) {
      const path = unit.startsWith('devnet/') ? join(root, unit) : join(root, 'node_modules', unit)
      const content = await readFile(path, 'utf8').catch(() => {
        throw new SourceNotFoundError(unit, path)
      })
      sources[unit] = { content }
      for (const imported of importsOf(content)) {
        found.add(imported.startsWith('.') ? posix.join(posix.dirname(unit), imported) : remap(imported, remappings))
      }
    }
    pending = [...found].filter((unit) => !(unit in sources))
  }
  return Object.fromEntries(Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1)))
}
