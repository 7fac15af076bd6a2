/** Reads the configuration file, completes it from the built-in chain table, and reports every problem with its JSON pointer. */
import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { addAssets, builtinChainNames, completeChains } from './builtin'
import { ConfigError, type ConfigIssue } from './ConfigError'
import { type Config, configSchema } from './schema'

const defaultSource = 'the configuration (--config or CROSSMARGIN_CONFIG)'

/**
 * Loads and validates a configuration file.
 * @param file path of a JSON file; without one no chain is configured.
 * @throws ConfigError when the file is missing, is not JSON, or breaks the schema.
 */
export function loadConfig(file: string | undefined): Config {
  if (file === undefined) return parseConfig({}, defaultSource)
  return parseConfig(readJson(file), file)
}

/** What to do about a configuration without chains: the built-in ones need to be told which node to ask. */
export const noChainAdvice = `no chain is configured; name one with its RPC, such as {"chains": {"base": {"rpc": ["https://…"]}}} (built in: ${builtinChainNames.join(', ')})`

/** @throws ConfigError when there is no chain, so nothing to start; `source` names the configuration in it. */
export function assertChains(config: Config, source: string | undefined): void {
  if (Object.keys(config.chains).length > 0) return
  throw new ConfigError(source ?? defaultSource, [{ pointer: '/chains', message: noChainAdvice }])
}

/** Validates an already parsed configuration; `source` names it in errors. */
export function parseConfig(value: unknown, source: string): Config {
  const result = configSchema.safeParse(completeChains(value))
  if (!result.success) throw new ConfigError(source, result.error.issues.flatMap(toIssues))
  const merged = result.data.builtin ? addAssets(result.data) : result.data
  const issues = crossChecks(merged)
  if (issues.length > 0) throw new ConfigError(source, issues)
  return merged
}

function readJson(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new ConfigError(file, [
      { pointer: '', message: 'the file cannot be read; check CROSSMARGIN_CONFIG or --config' },
    ])
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ConfigError(file, [{ pointer: '', message: `not valid JSON: ${(error as Error).message}` }])
  }
}

function toIssues(issue: z.core.$ZodIssue): ConfigIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      message: 'unknown key; remove it or check its spelling',
    }))
  }
  return [{ pointer: pointerOf(issue.path), message: issue.message }]
}

/** Checks that need more than one place of the file. */
function crossChecks(config: Config): ConfigIssue[] {
  const issues: ConfigIssue[] = []
  const chainOf = new Map<number, string>()
  for (const [chain, { chainId }] of Object.entries(config.chains)) {
    const other = chainOf.get(chainId)
    if (other !== undefined)
      issues.push({ pointer: `/chains/${chain}/chainId`, message: `${chainId} is already used by chain "${other}"` })
    chainOf.set(chainId, chain)
  }
  for (const [asset, { tokens, bridge }] of Object.entries(config.assets)) {
    for (const [key, table] of Object.entries({ tokens, bridge })) {
      for (const chain of Object.keys(table)) {
        if (!(chain in config.chains))
          issues.push({
            pointer: pointerOf(['assets', asset, key, chain]),
            message: `no chain named "${chain}" is configured`,
          })
      }
    }
  }
  for (const chain of Object.keys(config.trust.chains)) {
    if (!(chain in config.chains))
      issues.push({
        pointer: pointerOf(['trust', 'chains', chain]),
        message: `no chain named "${chain}" is configured`,
      })
  }
  const proxies = new Set(Object.values(config.chains).flatMap(({ chainlink }) => chainlink.map(({ proxy }) => proxy)))
  for (const proxy of Object.keys(config.trust.feedDeviations)) {
    if (!proxies.has(proxy as `0x${string}`))
      issues.push({ pointer: pointerOf(['trust', 'feedDeviations', proxy]), message: 'no chain names this feed' })
  }
  for (const [asset, { redeemsTo }] of Object.entries(config.assets)) {
    if (redeemsTo === null) continue
    const pointer = ['assets', asset, 'redeemsTo']
    if (!(redeemsTo.asset in config.assets))
      issues.push({
        pointer: pointerOf([...pointer, 'asset']),
        message: `no asset named "${redeemsTo.asset}" is configured`,
      })
    if (typeof redeemsTo.via === 'object' && !proxies.has(redeemsTo.via.proxy))
      issues.push({
        pointer: pointerOf([...pointer, 'via', 'proxy']),
        message:
          'name the same address under a chain\'s "chainlink", quoted in what it redeems to, so that its rate is indexed',
      })
  }
  return issues
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')
}
