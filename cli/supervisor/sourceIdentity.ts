import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { ChainConfig } from '../../config/schema'
import { indexerProject } from './indexerProject'

/** What decides how a chain is read but not what is read: changing it must not cost a re-index. */
const connectionKeys = new Set(['rpc', 'ws', 'getLogsRange', 'maxLagSeconds', 'required'])

/**
 * Names the code and the configuration that the facts of one chain are made with: everything Ponder executes, as built, its version, and
 * the chain's entry of the configuration file without connection and limits. Another identity means another schema.
 * @throws UsageError when the indexer was not built.
 */
export function sourceIdentity(root: string, chain: string, config: ChainConfig): string {
  const hash = createHash('sha256')
  const project = indexerProject(root)
  for (const file of executedFiles(project))
    hash
      .update(`${relative(project, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  const ponder = readFileSync(join(root, 'node_modules/ponder/package.json'), 'utf8')
  hash.update((JSON.parse(ponder) as { version: string }).version)
  const indexed = Object.fromEntries(Object.entries(config).filter(([key]) => !connectionKeys.has(key)))
  hash.update(canonical({ chain, ...indexed }))
  return hash.digest('hex')
}

/** `idx_<chain>_<first 12 digits of the identity>`, in what PostgreSQL takes unquoted and within Ponder's 45 characters. */
export function schemaName(chain: string, identity: string): string {
  const readable = chain
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '_')
    .slice(0, 28)
  return `idx_${readable}_${identity.slice(0, 12)}`
}

/** Source identity and what was resolved on the chain, as one name. */
export function deploymentIdentity(source: string, resolved: unknown): string {
  return createHash('sha256').update(source).update(canonical(resolved)).digest('hex')
}

/** Ponder adds a file of declarations when it starts. */
function executedFiles(project: string): string[] {
  return readdirSync(project, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.(ts|js|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** JSON with sorted keys: the order in which a file lists its keys is not a difference. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  )
}
