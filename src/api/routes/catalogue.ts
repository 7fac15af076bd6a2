import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { shippedParameters } from '../../../engine/parameters/shippedParameters'
import { referenceOf } from '../context'
import { poolWindowSeconds } from '../read/poolWindow'
import type { Service } from '../service'
import { deviationLimits } from '../valuation/deviationLimits'
import { defaultHeartbeatSeconds, heartbeatTolerance } from '../valuation/judgeAnswer'
import { canonicalHash } from '../wire/canonical'
import { coverageBody } from '../wire/coverageBody'
import { parse } from '../wire/parse'
import { Problem } from '../wire/problem'
import { scenariosBody } from '../wire/scenariosBody'
import { queryOf } from './parameters'
import { responsesOf, sendAnswer } from './responses'
import { coverageSchema, scenariosSchema } from './riskSchemas'

const noQuery = z.strictObject({})
const setQuery = z.strictObject({ id: z.string().max(100).optional().openapi({ description: 'Only this set' }) })

const scenariosQuery = z.strictObject({ parameters: setQuery.shape.id })

const parametersRoute = createRoute({
  method: 'get',
  path: '/v1/parameters',
  summary: 'Every number that is a choice, by parameter set, with its source',
  request: { query: setQuery },
  responses: responsesOf(
    z.object({
      default: z.string(),
      prices: z.record(z.string(), z.union([z.number(), z.record(z.string(), z.number())])),
      sets: z.array(z.record(z.string(), z.unknown())),
    }),
    'The parameter sets',
  ),
})
const scenariosRoute = createRoute({
  method: 'get',
  path: '/v1/scenarios',
  summary: 'What every parameter set supposes may happen: grids by risk group, and named crashes with their sources',
  request: { query: scenariosQuery },
  responses: responsesOf(scenariosSchema, 'The scenarios'),
})
const coverageRoute = createRoute({
  method: 'get',
  path: '/v1/coverage',
  summary: 'What is indexed since when and worth how much, and what is configured but not indexed',
  responses: responsesOf(coverageSchema, 'The coverage'),
})

/** What can be valued and by which rules. */
export function catalogueRoutes(app: OpenAPIHono, service: Service): void {
  app.openAPIRegistry.registerPath(parametersRoute)
  app.get('/v1/parameters', (context) => {
    const { id } = parse(setQuery, queryOf(context.req.url))
    const prices = { heartbeatTolerance, defaultHeartbeatSeconds, averageSeconds: poolWindowSeconds, deviationLimits }
    return context.json({ default: service.config.parameters, prices, sets: setsNamed(id, '/id') })
  })

  app.openAPIRegistry.registerPath(scenariosRoute)
  app.get('/v1/scenarios', (context) => {
    const { parameters } = parse(scenariosQuery, queryOf(context.req.url))
    const reference = referenceOf(service.config)
    return context.json({ sets: setsNamed(parameters, '/parameters').map((set) => scenariosBody(set, reference)) })
  })

  app.openAPIRegistry.registerPath(coverageRoute)
  app.get('/v1/coverage', async (context) => {
    parse(noQuery, queryOf(context.req.url))
    const [status, book] = await Promise.all([service.status(), service.book('latest', null)])
    const body = coverageBody(book, service.config, status)
    const stateHash = canonicalHash(body)
    return sendAnswer(context, { body: { ...body, stateHash }, stateHash, replay: null }, false)
  })
}

function setsNamed(id: string | undefined, pointer: string) {
  if (id === undefined) return [...shippedParameters.values()]
  const found = shippedParameters.get(id)
  if (found === undefined)
    throw new Problem('NOT_FOUND', `give one of ${[...shippedParameters.keys()].join(', ')}`, pointer)
  return [found]
}
