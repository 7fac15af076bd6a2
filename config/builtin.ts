/** Completes what a configuration file says with the built-in chains and assets. */
import { z } from 'zod'
import { assets, chains } from '../src/chains'
import { assetSchema, type Config } from './schema'

export const builtinChainNames: readonly string[] = Object.keys(chains)

/**
 * Fills in the entries of a file, before it is checked: an entry without a `chainId` that is named like a built-in chain extends that chain key by
 * key; with one it stands alone. Built-in chains the file does not name stay out, as nobody said which node to ask.
 */
export function completeChains(value: unknown): unknown {
  if (!isRecord(value) || value.builtin === false || !isRecord(value.chains)) return value
  const completed = Object.entries(value.chains).map(([name, entry]) => {
    const extended = Object.hasOwn(chains, name) && isRecord(entry) && !Object.hasOwn(entry, 'chainId')
    return [name, extended ? { ...chains[name], ...entry } : entry]
  })
  return { ...value, chains: Object.fromEntries(completed) }
}

const builtinAssets = z.record(z.string(), assetSchema).parse(assets)

/** Adds the built-in assets, on those built-in chains that are configured. An asset or a token the file names is the file's alone. */
export function addAssets(config: Config): Config {
  const named = new Set(
    Object.values(config.assets).flatMap(({ tokens }) =>
      Object.entries(tokens).map(([chain, token]) => `${chain} ${token}`),
    ),
  )
  const isKept = ([chain, token]: readonly [string, string]): boolean => {
    const configured = config.chains[chain]?.chainId
    return configured !== undefined && configured === chains[chain]?.chainId && !named.has(`${chain} ${token}`)
  }
  const added = Object.entries(builtinAssets).flatMap(([asset, terms]) => {
    const tokens = Object.entries(terms.tokens).filter(isKept)
    const bridge = Object.fromEntries(tokens.map(([chain]) => [chain, terms.bridge[chain]!]))
    return tokens.length === 0 ? [] : [[asset, { ...terms, tokens: Object.fromEntries(tokens), bridge }] as const]
  })
  return { ...config, assets: { ...Object.fromEntries(added), ...config.assets } }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
