/** The shape of the configuration file. Unknown keys are errors everywhere. */
import { z } from 'zod'
import { type EntryKey, entries } from '../src/protocols/entries'
import { address, assetName, block, name, seconds } from './fields'

/** A list for each kind of thing that can be on a chain. */
type Lists = { readonly [key in EntryKey]: z.ZodDefault<z.ZodArray<(typeof entries)[key]['schema']>> }
const lists = Object.fromEntries(
  Object.entries(entries).map(([key, { schema }]) => [key, z.array(schema).default([])]),
) as unknown as Lists

export const chainSchema = z.strictObject({
  chainId: z.int('must be the chain id; only an entry named like a built-in chain may leave it out').positive(),
  rpc: z
    .array(z.url({ protocol: /^https?$/ }), 'must list at least one HTTP endpoint of the chain, such as ["https://…"]')
    .min(1),
  ws: z.url({ protocol: /^wss?$/ }).optional(),
  startBlock: z.union([block, z.literal('tip')]).default(0),
  required: z.boolean().default(true),
  maxLagSeconds: seconds.default(30),
  getLogsRange: z.int().positive().default(1000),
  multicall3: address.optional(),
  ...lists,
})

const bridge = z.enum(['canonical', 'bridged', 'native'])
export const assetSchema = z.strictObject({
  class: z.enum(['major', 'lst', 'majorStable', 'minorStable', 'largeAlt', 'vaultShare']),
  riskGroup: z.string().min(1).max(40),
  issuer: z.union([z.string().min(1).max(80), z.null()]).default(null),
  redeemsTo: z
    .union([
      z.null(),
      z.strictObject({ asset: assetName, via: z.union([z.literal('erc4626'), z.strictObject({ proxy: address })]) }),
    ])
    .default(null),
  tokens: z.record(name, address),
  bridge: z.record(name, bridge).default({}),
})

const tier = z.enum(['established', 'recent', 'unproven'])
const judgedProtocols = Object.values(entries).flatMap(({ hasTier, protocols }) =>
  hasTier ? protocols.slice(0, 1) : [],
)
const trust = z.strictObject({
  chains: z.record(name, tier).default({}),
  protocols: z.partialRecord(z.enum(judgedProtocols), tier).default({}),
  feedDeviations: z
    .record(address, z.string().regex(/^0\.\d+$/, 'must be a fraction in quotes, such as "0.005"'))
    .default({}),
})

const audit = z.strictObject({
  callsPerMinute: z.number().nonnegative().default(60),
  accountsAtOnce: z.int().positive().max(1000).default(50),
})

export const configSchema = z.strictObject({
  builtin: z.boolean().default(true),
  clock: z.enum(['system', 'chain']).default('system'),
  quoteCurrency: z.literal('USD').default('USD'),
  publicReads: z.boolean().default(true),
  parameters: z.string().default('house-1'),
  audit: audit.prefault({}),
  chains: z.record(name, chainSchema).default({}),
  assets: z.record(assetName, assetSchema).default({}),
  trust: trust.prefault({}),
})

/** A chain of the built-in table: all but which node to ask, which is the user's to say. */
export type BuiltinChain = Omit<z.input<typeof chainSchema>, 'rpc' | 'ws'>
export type BuiltinAsset = z.input<typeof assetSchema>

export type Config = z.output<typeof configSchema>
export type ChainConfig = Config['chains'][string]
export type AssetConfig = Config['assets'][string]
