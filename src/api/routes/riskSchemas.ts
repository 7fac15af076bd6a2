/** Shapes of the answers over all accounts, for the published description of the API. */
import { z } from '@hono/zod-openapi'
import { axes } from '../valuation/book/bookLines'
import { asOfSchema, missingSchema } from './schemas'

const usd = z.string().openapi({ description: 'USD, 8 decimals', example: '1234.50000000' })
const ratio = z.string().openapi({ description: 'fraction, 18 decimals', example: '0.250000000000000000' })
const integer = z.string().openapi({ description: 'integer', example: '1500000000000000000' })
const orNull = <T extends z.ZodType>(schema: T) => z.union([schema, z.null()])

/** Value and debt side by side, and how many positions they come from. */
const sums = {
  value: orNull(usd),
  debt: orNull(usd),
  positions: z.int(),
  unvalued: z.int(),
}
const row = { ...sums, share: orNull(ratio) }

export const concentrationSchema = z
  .object({
    by: z.enum(axes),
    quoteCurrency: z.string(),
    total: z.object({ ...sums, accounts: z.int() }),
    keys: z.int(),
    herfindahl: orNull(ratio),
    effectiveNumber: orNull(ratio),
    rows: z.array(z.object({ key: orNull(z.string()), keyReason: orNull(z.string()), ...row })),
    others: orNull(z.object({ keys: z.int(), ...row })),
    topAccounts: z.array(
      z.object({
        account: z.string(),
        ...row,
        behind: z.array(z.object({ chain: z.string(), protocol: z.string(), asset: orNull(z.string()), ...sums })),
      }),
    ),
    custody: z.object({ ...sums, accounts: z.int() }),
    treasuries: z.array(
      z.object({
        chain: z.string(),
        protocol: z.string(),
        market: z.string(),
        asset: orNull(z.string()),
        shares: orNull(integer),
        decimals: z.int(),
        amount: orNull(integer),
        value: orNull(usd),
      }),
    ),
    reconciles: z.object({
      equal: z.boolean(),
      markets: z.array(
        z.object({
          chain: z.string(),
          protocol: z.string(),
          market: z.string(),
          side: z.string(),
          sumShares: integer,
          totalShares: orNull(integer),
          equal: orNull(z.boolean()),
        }),
      ),
    }),
    complete: z.boolean(),
    missing: z.array(missingSchema),
    asOf: asOfSchema,
    finality: z.string(),
    stateHash: z.string(),
  })
  .openapi('Concentration')

const chainSchema = z.object({
  chainId: z.int(),
  inCut: z.boolean(),
  reasonCode: orNull(z.string()),
  detail: orNull(z.string()),
  indexedSince: orNull(z.record(z.string(), z.string())).optional(),
  indexedUntil: z.record(z.string(), z.string()).optional(),
  deployments: z
    .array(
      z.object({
        kind: z.string(),
        name: orNull(z.string()),
        address: z.string(),
        indexed: z.boolean(),
        reasonCode: orNull(z.string()),
        detail: orNull(z.string()),
      }),
    )
    .optional(),
  secured: z.array(z.object({ protocol: z.string(), accounts: z.int(), ...sums })).optional(),
  markets: z.array(z.record(z.string(), z.unknown())).optional(),
  vaults: z.array(z.record(z.string(), z.unknown())).optional(),
  feeds: z.array(z.record(z.string(), z.unknown())).optional(),
  tokens: z.array(z.record(z.string(), z.unknown())).optional(),
})

export const coverageSchema = z
  .object({
    chains: z.record(z.string(), chainSchema),
    accounts: z.int(),
    complete: z.boolean(),
    missing: z.array(missingSchema),
    asOf: asOfSchema,
    stateHash: z.string(),
  })
  .openapi('Coverage')

const record = z.record(z.string(), z.unknown())

export const scenariosSchema = z
  .object({
    sets: z.array(
      z.object({
        id: z.string(),
        version: z.string(),
        sources: z.record(z.string(), z.string()),
        riskGroups: record,
        classes: record,
        scenarioSets: record,
        correlationFloors: z.array(record),
        joint: orNull(record),
        stress: orNull(record),
      }),
    ),
  })
  .openapi('Scenarios')
