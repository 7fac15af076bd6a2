import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { resolveParameters } from '../../../engine/resolve/resolveParameters'
import { asOf, replayOfCut } from '../answer'
import type { Service } from '../service'
import { marketHistory } from '../valuation/marketHistory/marketHistory'
import { parse } from '../wire/parse'
import { Problem } from '../wire/problem'
import { rememberedHash } from '../wire/rememberedHash'
import { riskMarketBody } from '../wire/riskMarketBody'
import { stateHashOf } from '../wire/stateHash'
import { atSchema, parseAt, queryOf } from './parameters'
import { responsesOf, sendAnswer } from './responses'
import { asOfSchema } from './schemas'

const querySchema = z.strictObject({
  finality: z.enum(['latest', 'safe', 'finalized']).default('latest'),
  at: atSchema,
  include: z.enum(['facts']).optional(),
})

const decimal = z.string().openapi({ description: 'decimal number', example: '0.850000000000000000' })
const orNull = <T extends z.ZodType>(schema: T) => z.union([schema, z.null()])
const riskGroup = z
  .object({
    riskGroup: z.string(),
    asset: z.string().openapi({ description: 'The asset whose prices stand for the group' }),
    sources: z.array(z.string()).openapi({ description: 'chain:feed, multiplied' }),
    observations: z.int().openapi({ description: 'Daily moves in the window' }),
    volatility: orNull(z.object({ fast: decimal, slow: decimal, stress: decimal, used: decimal })),
    volatilityReason: orNull(z.string()),
    breaker: orNull(
      z.object({
        state: z.enum(['calm', 'tripped']),
        initialFactor: decimal,
        maintenanceFactor: decimal,
        trippedAt: orNull(z.string()),
        move: orNull(decimal),
        limit: orNull(decimal),
      }),
    ),
  })
  .openapi('RiskGroup')
const bodySchema = z
  .object({
    riskGroups: z.array(riskGroup),
    correlations: z.object({
      riskGroups: z.array(z.string()),
      matrix: z.array(z.array(decimal)),
      observations: z.int(),
      shrinkage: orNull(decimal),
      blendWeight: decimal,
      projected: z.boolean(),
    }),
    jointMoves: z.object({
      observations: orNull(z.int()),
      from: orNull(z.string()),
      to: orNull(z.string()),
      reason: orNull(z.string()),
    }),
    asOf: asOfSchema,
    parametersVersion: z.string(),
    stateHash: z.string(),
    facts: z.unknown().optional(),
  })
  .openapi('RiskMarket')

const route = createRoute({
  method: 'get',
  path: '/v1/risk/market',
  summary: 'Volatilities, correlations and circuit breaker of every risk group, from indexed prices, at one cut',
  request: { query: querySchema },
  responses: responsesOf(bodySchema, 'What past prices say'),
})

/** `GET /v1/risk/market`. */
export function riskMarketRoutes(app: OpenAPIHono, service: Service): void {
  app.openAPIRegistry.registerPath(route)
  app.get('/v1/risk/market', async (context) => {
    const { include, ...query } = parse(querySchema, queryOf(context.req.url))
    const { parameters: id } = service.config
    const parameters = resolveParameters(id, '/parameters')
    const evidence = await service.marketEvidence(query.finality, parseAt(query.at, '/at'), id)
    const history = marketHistory(evidence.facts, evidence.cut.time, parameters)
    if (history === null || parameters.marketHistory === null)
      throw new Problem('NOT_FOUND', `the parameter set ${id} takes nothing from past prices`, '')
    const replay = { ...replayOfCut(evidence), parametersVersion: parameters.version, request: query }
    const stateHash = stateHashOf(replay, rememberedHash)
    const body = {
      ...riskMarketBody(history, parameters.marketHistory.minimumMoves),
      asOf: asOf(evidence.cut),
      parametersVersion: parameters.version,
      stateHash,
    }
    return sendAnswer(context, { body, stateHash, replay }, include === 'facts')
  })
}
