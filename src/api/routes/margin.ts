import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Service } from '../service'
import type { FigureRequest } from '../valuation/figure'
import { parse } from '../wire/parse'
import { readBody } from '../wire/readBody'
import { addressSchema, atSchema, finalitySchema, modelSchema, parseAt, queryOf, venueSchema } from './parameters'
import { responsesOf, sendAnswer } from './responses'
import { marginSchema } from './schemas'

/** A finite JSON number or a decimal string. */
const numeric = z.union([
  z.number(),
  z
    .string()
    .max(120)
    .regex(/^-?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/, 'give a number or a decimal in quotes'),
])
const name = z.string().min(1).max(100)

const openOrder = z.strictObject({ side: z.enum(['buy', 'sell']), quantity: numeric, price: numeric })
const position = z
  .strictObject({
    id: name,
    kind: z.enum(['spot', 'perp', 'future', 'option']),
    underlying: name,
    quantity: numeric,
    entryPrice: numeric.optional(),
    markPrice: numeric.optional(),
    strike: numeric.optional(),
    expiry: z.union([z.number(), z.string().max(40)]).optional(),
    optionType: z.enum(['call', 'put']).optional(),
    settlement: z.enum(['linear', 'inverse']).optional(),
    impliedVol: numeric.optional(),
    subAccount: z.string().max(100).optional(),
    openOrders: z.array(openOrder).max(1_000).optional(),
  })
  .openapi('Position')

const cash = z.union([
  numeric,
  z.array(z.strictObject({ asset: name, quantity: numeric, subAccount: z.string().max(100).optional() })).max(1_000),
])

const bodySchema = z
  .strictObject({
    addresses: z.array(addressSchema).max(100),
    venue: venueSchema,
    model: modelSchema,
    finality: finalitySchema,
    at: atSchema,
    positions: z.array(position).max(5_000).default([]),
    marketData: z.record(z.string(), z.unknown()).optional().openapi({
      description: 'Prices, forwards, volatilities and history; fields as in the engine’s input',
    }),
    parameters: z
      .union([name, z.record(z.string(), z.unknown())])
      .optional()
      .openapi({
        description: 'Id of a parameter set, or `{extends: id, …}` with what differs',
      }),
    cash: cash.optional(),
    recourseDebt: numeric.optional(),
    accruedFunding: numeric.optional(),
  })
  .openapi('MarginRequest')
const querySchema = z.strictObject({
  include: z.enum(['facts']).optional(),
})

const route = createRoute({
  method: 'post',
  path: '/v1/margin',
  summary: 'The figure for addresses and derivative positions in the body: pre-trade check',
  request: { query: querySchema, body: { required: true, content: { 'application/json': { schema: bodySchema } } } },
  responses: responsesOf(marginSchema, 'The margin figure'),
})

/** `POST /v1/margin`. */
export function marginRoutes(app: OpenAPIHono, service: Service): void {
  app.openAPIRegistry.registerPath(route)
  app.post('/v1/margin', async (context) => {
    const body = parse(bodySchema, await readBody(context.req.raw))
    const { include } = parse(querySchema, queryOf(context.req.url))
    const request: FigureRequest = {
      // Order and repetition of addresses change nothing.
      addresses: [...new Set(body.addresses)].sort(),
      venue: body.venue ?? null,
      model: body.model,
      positions: body.positions,
      // The engine reads what is inside, strictly, and names the place of what is wrong.
      marketData: (body.marketData as FigureRequest['marketData']) ?? null,
      parameters: body.parameters ?? service.config.parameters,
      cash: body.cash ?? null,
      recourseDebt: body.recourseDebt ?? null,
      accruedFunding: body.accruedFunding ?? null,
    }
    const question = { kind: 'margin', finality: body.finality, at: body.at ?? null, request } as const
    return sendAnswer(context, await service.ask(question, parseAt(body.at, '/at')), include === 'facts')
  })
}
