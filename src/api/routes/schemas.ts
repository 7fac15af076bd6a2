/** Shapes of answers, for the published description of the API. Answers are built by `wire/`; a test holds the two together. */
import { z } from '@hono/zod-openapi'

const decimalText = z.string().openapi({ description: 'decimal number', example: '1234.50000000' })
const integerText = z.string().openapi({ description: 'integer', example: '1500000000000000000' })
const text = z.string()
const nullable = <T extends z.ZodType>(schema: T) => z.union([schema, z.null()])

export const problemSchema = z
  .object({ type: text, title: text, status: z.int(), detail: text, code: text, pointer: text })
  .openapi('Problem')

const blockSchema = z.object({
  chainId: z.int(),
  blockNumber: integerText,
  blockHash: text,
  timestamp: text,
  finality: text,
  lagSeconds: z.int(),
})
export const asOfSchema = z.object({ cut: text, chains: z.record(z.string(), blockSchema) }).openapi('AsOf')

export const missingSchema = z
  .object({ scope: text, chain: text, id: text, reasonCode: text, detail: text })
  .openapi('Missing')

const stepSchema = z.object({
  step: text,
  input: decimalText,
  rule: text,
  haircut: decimalText,
  amount: decimalText,
})

const controlSchema = z.enum(['none', 'notice', 'enforceable'])

const rowSchema = z
  .object({
    chain: nullable(text),
    protocol: text,
    market: text,
    account: nullable(text),
    side: z.enum(['supply', 'collateral', 'borrow']),
    token: nullable(text),
    decimals: nullable(z.int()),
    asset: nullable(text),
    shares: nullable(integerText),
    amount: nullable(integerText),
    oraclePrice: nullable(decimalText),
    markPrice: nullable(decimalText),
    marketValue: nullable(decimalText),
    reasonCode: nullable(text),
    path: z.array(text),
    unit: nullable(text),
    control: controlSchema,
    movable: decimalText,
    steps: z.array(stepSchema),
    credit: decimalText,
  })
  .openapi('CollateralRow')

const unitSchema = z
  .object({
    id: text,
    chain: text,
    protocol: text,
    unit: text,
    label: text,
    account: text,
    rule: text,
    control: controlSchema,
    unwindable: z.boolean(),
    baseToken: nullable(text).openapi({ description: 'What the unit counts in; null for USD' }),
    collateralBase: nullable(decimalText),
    debtBase: nullable(decimalText),
    healthFactor: nullable(decimalText),
    collateralBaseRaw: nullable(integerText),
    debtBaseRaw: nullable(integerText),
    healthFactorRaw: nullable(integerText),
    collateralValue: decimalText,
    debtValue: decimalText,
    equity: decimalText,
    badDebt: decimalText,
    movable: decimalText,
    reach: nullable(decimalText),
    reasonCode: nullable(text),
    outlook: z
      .array(
        z.object({
          move: decimalText,
          healthFactor: nullable(decimalText),
          equity: decimalText,
          movable: decimalText,
          badDebt: decimalText,
          forecastEquity: decimalText,
          forecastBadDebt: decimalText,
        }),
      )
      .openapi({
        description:
          'The unit after every price in it that is not a stablecoin’s moves by `move`; forecasts follow the protocol’s own liquidation rules',
      }),
    steps: z.array(stepSchema),
    credit: decimalText,
  })
  .openapi('LendingUnit')

const priceSchema = z
  .object({
    asset: text,
    chain: text,
    source: text,
    price: nullable(decimalText),
    updatedAt: nullable(text),
    ageSeconds: nullable(z.int()),
    usable: z.boolean(),
    reasonCode: nullable(text),
  })
  .openapi('Price')

const agreementSchema = z
  .object({ account: text, chain: text, protocol: text, control: controlSchema, unwindable: z.boolean(), since: text })
  .openapi('Agreement')

export const collateralSchema = z
  .object({
    account: nullable(text),
    addresses: z.array(text),
    quoteCurrency: text,
    grossCollateralValue: decimalText,
    debtValue: decimalText,
    grossEquity: decimalText,
    nonRecourseShortfall: decimalText,
    haircutTotal: decimalText,
    collateralCredit: decimalText,
    venue: nullable(text),
    agreements: z.array(agreementSchema),
    indicativeCredit: decimalText,
    indicativeReason: nullable(text),
    noticeCredit: decimalText,
    enforceableCredit: decimalText,
    collateral: z.array(rowSchema),
    lendingUnits: z.array(unitSchema),
    prices: z.array(priceSchema),
    complete: z.boolean(),
    missing: z.array(missingSchema),
    asOf: asOfSchema,
    finality: z.object({
      requested: text,
      decisive: text,
      nonFinal: nullable(z.object({ grossCollateralValue: decimalText, debtValue: decimalText })).openapi({
        description:
          'Value at the newest cut of what last changed in a block that is not final; null when not asked or not known',
      }),
      compared: z.object({ figure: text, latest: decimalText, finalized: decimalText }).optional(),
      cuts: z.object({ latest: asOfSchema, finalized: asOfSchema }).optional(),
    }),
    parametersVersion: text,
    stateHash: text,
    facts: z.unknown().optional(),
  })
  .openapi('Collateral')

export const marginSchema = collateralSchema
  .extend({
    model: text,
    status: z.enum(['NORMAL', 'WARNING', 'MARGIN_CALL', 'REDUCE_ONLY', 'LIQUIDATABLE', 'BANKRUPT', 'STALE']),
    cash: decimalText,
    netOptionValue: decimalText,
    unrealizedPnl: decimalText,
    accruedFunding: decimalText,
    recourseDebt: decimalText,
    marginBalance: decimalText,
    initialMargin: decimalText,
    maintenanceMargin: decimalText,
    excessInitialMargin: decimalText,
    excessMaintenanceMargin: decimalText,
    marginRatio: nullable(decimalText),
    marginRatioReason: nullable(text),
    availableToWithdraw: decimalText,
    components: z.object({
      scan: decimalText,
      joint: nullable(decimalText),
      jointReason: nullable(text),
      stress: decimalText,
      initialFactor: decimalText,
      maintenanceFactor: decimalText,
      addOns: z.array(z.object({ kind: text, amount: decimalText, maintenanceAmount: decimalText })),
    }),
    cashShare: z.object({ required: decimalText, held: decimalText }),
    worstScenario: nullable(
      z.object({
        id: text,
        loss: decimalText,
        pnl: nullable(decimalText),
        weight: nullable(decimalText),
        moves: z.array(z.object({ riskGroup: text, price: decimalText, vol: decimalText })),
      }),
    ),
    attribution: z.array(z.object({ leg: text, kind: text, amount: decimalText })),
    greeks: z.array(z.record(z.string(), text)),
    positions: z.array(z.record(z.string(), z.unknown())),
    subAccounts: z.array(z.record(z.string(), text)),
    measures: z.record(z.string(), decimalText),
  })
  .openapi('Margin')
