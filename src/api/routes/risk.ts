import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Service } from '../service'
import { axes } from '../valuation/book/bookLines'
import { canonicalHash } from '../wire/canonical'
import { concentrationBody } from '../wire/concentrationBody'
import { parse } from '../wire/parse'
import { atSchema, parseAt, queryOf } from './parameters'
import { responsesOf, sendAnswer } from './responses'
import { concentrationSchema } from './riskSchemas'

const querySchema = z.strictObject({
  by: z.enum(axes).default('asset').openapi({ description: 'What the value is added up by' }),
  finality: z.enum(['latest', 'safe', 'finalized']).default('latest'),
  at: atSchema,
  limit: z.coerce.number().int().min(1).max(500).default(100).openapi({
    description: 'Rows at most; the rest stands together in others',
  }),
})

const route = createRoute({
  method: 'get',
  path: '/v1/risk/concentration',
  summary: 'Where the value of all accounts is, after look-through, and how concentrated; every dollar once',
  request: { query: querySchema },
  responses: responsesOf(concentrationSchema, 'The concentration'),
})

/** Routes over all accounts. */
export function riskRoutes(app: OpenAPIHono, service: Service): void {
  app.openAPIRegistry.registerPath(route)
  app.get('/v1/risk/concentration', async (context) => {
    const query = parse(querySchema, queryOf(context.req.url))
    const book = await service.book(query.finality, parseAt(query.at, '/at'))
    const body = { ...concentrationBody(book, query.by, query.limit), finality: query.finality }
    const stateHash = canonicalHash({ ...body, request: query })
    return sendAnswer(context, { body: { ...body, stateHash }, stateHash, replay: null }, false)
  })
}
