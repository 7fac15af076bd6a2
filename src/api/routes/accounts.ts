import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Question } from '../answer'
import type { Service } from '../service'
import { parse } from '../wire/parse'
import { accountParameters, atSchema, finalitySchema, modelSchema, parseAt, queryOf, venueSchema } from './parameters'
import { responsesOf, sendAnswer } from './responses'
import { collateralSchema, marginSchema } from './schemas'

const includeSchema = z.enum(['facts']).optional().openapi({
  description: '`facts` adds everything the figure was computed from: the object the state hash is taken of',
})
const collateralQuery = z.strictObject({
  venue: venueSchema,
  finality: finalitySchema,
  at: atSchema,
  include: includeSchema,
})
const marginQuery = collateralQuery.extend({ model: modelSchema })

const collateralRoute = createRoute({
  method: 'get',
  path: '/v1/accounts/{account}/collateral',
  summary: 'Every position on every chain: gross, lending units, haircut waterfall, credit',
  request: { params: accountParameters, query: collateralQuery },
  responses: responsesOf(collateralSchema, 'The collateral'),
})

const marginRoute = createRoute({
  method: 'get',
  path: '/v1/accounts/{account}/margin',
  summary: 'The figure: what the account is worth as margin, at one instant',
  request: { params: accountParameters, query: marginQuery },
  responses: responsesOf(marginSchema, 'The margin figure'),
})

/** Routes about one account. */
export function accountRoutes(app: OpenAPIHono, service: Service): void {
  app.openAPIRegistry.registerPath(collateralRoute)
  app.get('/v1/accounts/:account/collateral', async (context) => {
    const { account } = parse(accountParameters, { account: context.req.param('account') })
    const query = parse(collateralQuery, queryOf(context.req.url))
    const question = questionOf('collateral', account, { ...query, model: 'portfolio' }, service)
    return sendAnswer(context, await service.ask(question, parseAt(query.at, '/at')), query.include === 'facts')
  })

  app.openAPIRegistry.registerPath(marginRoute)
  app.get('/v1/accounts/:account/margin', async (context) => {
    const { account } = parse(accountParameters, { account: context.req.param('account') })
    const query = parse(marginQuery, queryOf(context.req.url))
    const question = questionOf('margin', account, query, service)
    return sendAnswer(context, await service.ask(question, parseAt(query.at, '/at')), query.include === 'facts')
  })
}

function questionOf(
  kind: Question['kind'],
  account: string,
  { venue, model, finality, at }: z.output<typeof marginQuery>,
  service: Service,
): Question {
  return {
    kind,
    finality,
    at: at ?? null,
    request: {
      addresses: [account],
      venue: venue ?? null,
      model,
      positions: [],
      marketData: null,
      parameters: service.config.parameters,
      cash: null,
      recourseDebt: null,
      accruedFunding: null,
    },
  }
}
