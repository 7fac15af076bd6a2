import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { shippedParameters } from '../../../engine/parameters/shippedParameters'
import { asOf } from '../answer'
import { loadMarkets } from '../read/loadMarkets'
import type { Service } from '../service'
import { defaultHeartbeatSeconds, heartbeatTolerance } from '../valuation/judgeAnswer'
import { parse } from '../wire/parse'
import { Problem } from '../wire/problem'
import { queryOf } from './parameters'
import { responsesOf } from './responses'
import { asOfSchema } from './schemas'

const noQuery = z.strictObject({})
const setQuery = z.strictObject({ id: z.string().max(100).optional().openapi({ description: 'Only this set' }) })

const parametersRoute = createRoute({
  method: 'get',
  path: '/v1/parameters',
  summary: 'Every number that is a choice, by parameter set, with its source',
  request: { query: setQuery },
  responses: responsesOf(
    z.object({
      default: z.string(),
      prices: z.record(z.string(), z.number()),
      sets: z.array(z.record(z.string(), z.unknown())),
    }),
    'The parameter sets',
  ),
})
const scenariosRoute = createRoute({
  method: 'get',
  path: '/v1/scenarios',
  summary: 'The scenario sets and named crashes of every parameter set',
  request: { query: setQuery },
  responses: responsesOf(z.object({ sets: z.array(z.record(z.string(), z.unknown())) }), 'The scenarios'),
})
const coverageRoute = createRoute({
  method: 'get',
  path: '/v1/coverage',
  summary: 'What is indexed, and since when',
  responses: responsesOf(
    z.object({ chains: z.record(z.string(), z.record(z.string(), z.unknown())), asOf: asOfSchema }),
    'The coverage',
  ),
})

/** What can be valued and by which rules. */
export function catalogueRoutes(app: OpenAPIHono, service: Service): void {
  app.openAPIRegistry.registerPath(parametersRoute)
  app.get('/v1/parameters', (context) => {
    const { id } = parse(setQuery, queryOf(context.req.url))
    const prices = { heartbeatTolerance, defaultHeartbeatSeconds }
    return context.json({ default: service.config.parameters, prices, sets: setsNamed(id) })
  })

  app.openAPIRegistry.registerPath(scenariosRoute)
  app.get('/v1/scenarios', (context) => {
    const { id } = parse(setQuery, queryOf(context.req.url))
    const sets = setsNamed(id).map((set) => ({
      id: set.id,
      version: set.version,
      scenarioSets: set.scenarioSets,
      stress: set.stress,
    }))
    return context.json({ sets })
  })

  app.openAPIRegistry.registerPath(coverageRoute)
  app.get('/v1/coverage', async (context) => {
    parse(noQuery, queryOf(context.req.url))
    const status = await service.status()
    const body = await service.atCut('latest', null, async (snapshot, cut, schemas) => {
      const chains: Record<string, unknown> = {}
      for (const [chain, { chainId, blockNumber }] of Object.entries(cut.chains)) {
        const facts = await loadMarkets(snapshot, { schema: schemas.get(chain)!, chainId, blockNumber })
        const symbols = new Map(facts.tokens.map(({ address, symbol }) => [address, symbol]))
        chains[chain] = {
          chainId,
          indexedSince: status.chains[chain]?.indexedSince ?? null,
          markets: facts.markets
            .filter(({ kind }) => kind !== 'emode')
            .map(({ protocol, market, kind, unit, token, label, oracle }) => ({
              protocol,
              market,
              kind,
              unit,
              token,
              symbol: token === null ? null : (symbols.get(token) ?? null),
              label,
              oracle,
            })),
          vaults: facts.vaults.map(({ vault, asset, shape, curator }) => ({ vault, asset, shape, curator })),
          feeds: facts.feeds.map(({ feed, base, quote, decimals, heartbeat }) => ({
            feed,
            base,
            quote,
            decimals,
            heartbeatSeconds: Number(heartbeat),
          })),
        }
      }
      return { chains, asOf: asOf(cut) }
    })
    return context.json(body)
  })
}

function setsNamed(id: string | undefined) {
  if (id === undefined) return [...shippedParameters.values()]
  const found = shippedParameters.get(id)
  if (found === undefined)
    throw new Problem('NOT_FOUND', `give one of ${[...shippedParameters.keys()].join(', ')}`, '/id')
  return [found]
}
