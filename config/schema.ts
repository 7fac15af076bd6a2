/** The shape of the configuration file. Unknown keys are errors everywhere. */
import { z } from 'zod'

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'must be an address: 0x and 40 hex digits')
  .transform((text) => text.toLowerCase() as `0x${string}`)
const decimalText = z.string().regex(/^\d+(\.\d+)?$/, 'must be a decimal number in quotes, such as "0.5"')
const name = z
  .string()
  .regex(
    /^[a-zA-Z][a-zA-Z0-9_-]{0,39}$/,
    'must start with a letter; letters, digits, - and _ only; at most 40 characters',
  )
const block = z.int().nonnegative()
const seconds = z.int().positive()
const assetName = z.string().min(1).max(40)

const aaveV3 = z.strictObject({
  name,
  version: z.enum(['auto', '3.0', '3.1', '3.2', '3.3', '3.4', '3.5', '3.6']).default('auto'),
  addressesProvider: address,
  startBlock: block,
})
const morphoBlue = z.strictObject({
  address,
  markets: z.union([z.literal('all'), z.array(z.string().regex(/^0x[0-9a-fA-F]{64}$/))]).default('all'),
  irm: z.record(z.string(), z.enum(['adaptive-curve', 'read'])).default({}),
  startBlock: block,
})
const compoundV3 = z.strictObject({ name, comet: address, startBlock: block })
const erc4626 = z.strictObject({
  address,
  shape: z.enum(['standard', 'metaMorpho', 'vaultV2', 'erc7540', 'other']).default('standard'),
  curator: z.union([address, z.null()]).default(null),
  refreshBlocks: z.int().positive().default(10),
  startBlock: block,
})
const chainlink = z.strictObject({
  proxy: address,
  base: assetName,
  quote: assetName,
  heartbeatSeconds: seconds,
  band: z.tuple([decimalText, decimalText]).optional(),
  startBlock: block.optional(),
})
const uniswapV3 = z.strictObject({ pool: address, startBlock: block.optional() })
const walletToken = z.strictObject({
  address,
  asset: assetName,
  rebasing: z.boolean().default(false),
  startBlock: block.optional(),
})

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
  aaveV3: z.array(aaveV3).default([]),
  morphoBlue: z.array(morphoBlue).default([]),
  compoundV3: z.array(compoundV3).default([]),
  erc4626: z.array(erc4626).default([]),
  chainlink: z.array(chainlink).default([]),
  uniswapV3: z.array(uniswapV3).default([]),
  walletTokens: z.array(walletToken).default([]),
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
const trust = z.strictObject({
  chains: z.record(name, tier).default({}),
  protocols: z.partialRecord(z.enum(['aave-v3', 'morpho-blue', 'compound-v3', 'erc4626']), tier).default({}),
  feedDeviations: z
    .record(address, z.string().regex(/^0\.\d+$/, 'must be a fraction in quotes, such as "0.005"'))
    .default({}),
})

export const configSchema = z.strictObject({
  builtin: z.boolean().default(true),
  clock: z.enum(['system', 'chain']).default('system'),
  quoteCurrency: z.literal('USD').default('USD'),
  publicReads: z.boolean().default(true),
  parameters: z.string().default('house-1'),
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
