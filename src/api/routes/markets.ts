import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { asOf } from '../answer'
import type { MarketReading } from '../protocols/marketReading'
import { readMarkets } from '../protocols/registry'
import { loadMarkets } from '../read/loadMarkets'
import type { Service } from '../service'
import { canonicalHash } from '../wire/canonical'
import { parse } from '../wire/parse'
import { Problem } from '../wire/problem'
import { atSchema, parseAt, queryOf } from './parameters'
import { responsesOf, sendAnswer } from './responses'
import { asOfSchema } from './schemas'

const querySchema = z.strictObject({
  chain: z.string().max(40).optional().openapi({ description: 'Only this chain' }),
  finality: z.enum(['latest', 'safe', 'finalized']).default('latest'),
  at: atSchema,
})

const integer = z.string().openapi({ example: '1000000000000000000000000000' })
const orNull = <T extends z.ZodType>(schema: T) => z.union([schema, z.null()])
const marketRow = z
  .object({
    chain: z.string(),
    protocol: z.string(),
    market: z.string(),
    token: z.string(),
    decimals: z.int(),
    collateralToken: orNull(z.string()),
    supplyIndex: orNull(integer),
    borrowIndex: orNull(integer),
    scaledSupply: integer,
    totalSupply: integer,
    scaledBorrow: integer,
    totalBorrow: integer,
    stableBorrow: integer,
    accruedToTreasury: orNull(integer),
    deficit: orNull(integer),
    oraclePriceRaw: orNull(integer),
    liquidity: integer,
    supplyRate: orNull(integer),
    borrowRate: orNull(integer),
    accruedAt: integer,
    reserveFactor: orNull(integer),
    maxLtv: integer,
    liquidationThreshold: integer,
    liquidationIncentive: integer,
    supplyCap: integer,
    borrowCap: integer,
    flags: z.array(z.string()),
  })
  .openapi('Market')
const marketsSchema = z
  .object({
    markets: z.array(marketRow),
    complete: z.boolean(),
    missing: z.array(
      z.object({ scope: z.string(), chain: z.string(), id: z.string(), reasonCode: z.string(), detail: z.string() }),
    ),
    asOf: asOfSchema,
    stateHash: z.string(),
  })
  .openapi('Markets')

const route = createRoute({
  method: 'get',
  path: '/v1/markets',
  summary: 'Every lending market at the cut, accrued to it: raw integers as the protocol’s own views return them',
  request: { query: querySchema },
  responses: responsesOf(marketsSchema, 'The markets'),
})

/** `GET /v1/markets`. */
export function marketRoutes(app: OpenAPIHono, service: Service): void {
  app.openAPIRegistry.registerPath(route)
  app.get('/v1/markets', async (context) => {
    const query = parse(querySchema, queryOf(context.req.url))
    const known = Object.keys(service.config.chains)
    if (query.chain !== undefined && !known.includes(query.chain))
      throw new Problem('BAD_CHAIN', `give one of ${known.join(', ')}`, '/chain')
    const body = await service.atCut(query.finality, parseAt(query.at, '/at'), async (snapshot, cut, schemas) => {
      const markets: ReturnType<typeof printMarket>[] = []
      for (const [chain, { chainId, blockNumber }] of Object.entries(cut.chains)) {
        if (query.chain !== undefined && chain !== query.chain) continue
        const facts = await loadMarkets(snapshot, { schema: schemas.get(chain)!, chainId, blockNumber })
        markets.push(...readMarkets({ chain, time: BigInt(cut.time), facts }).map(printMarket))
      }
      const missing = cut.excluded.map(({ chain, reasonCode, detail }) => ({
        scope: 'chain',
        chain,
        id: chain,
        reasonCode,
        detail,
      }))
      return { markets, complete: missing.length === 0, missing, asOf: asOf(cut) }
    })
    const stateHash = canonicalHash({ ...body, request: query })
    return sendAnswer(context, { body: { ...body, stateHash }, stateHash, replay: null }, false)
  })
}

function printMarket({ parameters, ...row }: MarketReading) {
  return {
    chain: row.chain,
    protocol: row.protocol,
    market: row.market,
    token: row.token,
    decimals: row.decimals,
    collateralToken: row.collateralToken,
    supplyIndex: row.supplyIndex?.toString() ?? null,
    borrowIndex: row.borrowIndex?.toString() ?? null,
    scaledSupply: row.scaledSupply.toString(),
    totalSupply: row.totalSupply.toString(),
    scaledBorrow: row.scaledBorrow.toString(),
    totalBorrow: row.totalBorrow.toString(),
    stableBorrow: row.stableBorrow.toString(),
    accruedToTreasury: row.accruedToTreasury?.toString() ?? null,
    deficit: row.deficit?.toString() ?? null,
    oraclePriceRaw: row.oraclePriceRaw?.toString() ?? null,
    liquidity: row.liquidity.toString(),
    supplyRate: row.supplyRate?.toString() ?? null,
    borrowRate: row.borrowRate?.toString() ?? null,
    accruedAt: row.accruedAt.toString(),
    reserveFactor: parameters.reserveFactor,
    maxLtv: parameters.maxLtv,
    liquidationThreshold: parameters.liquidationThreshold,
    liquidationIncentive: parameters.liquidationIncentive,
    supplyCap: parameters.supplyCap,
    borrowCap: parameters.borrowCap,
    flags: parameters.flags === '' ? [] : parameters.flags.split(','),
  }
}
