import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Hydration } from '../hydration'
import { UnknownChainError } from '../read/errors'
import { parse } from '../wire/parse'
import { Problem } from '../wire/problem'
import { readBody } from '../wire/readBody'
import { addressSchema, queryOf } from './parameters'
import { responsesOf } from './responses'

const mostAccounts = 1_000

const bodySchema = z.strictObject({
  chain: z.string().max(40).openapi({ description: 'As the configuration names it' }),
  accounts: z.array(addressSchema).min(1).max(mostAccounts),
})
const noQuery = z.strictObject({})

const progressSchema = z
  .object({
    needed: z.union([z.boolean(), z.null()]),
    accounts: z.int(),
    hydrated: z.int(),
    pending: z.int(),
    failed: z.int(),
    failure: z.union([z.string(), z.null()]),
  })
  .openapi('HydrationProgress')

const noteRoute = createRoute({
  method: 'post',
  path: '/v1/hydration',
  summary:
    'Have what accounts had before the index of a chain began read; until it is, answers about them say NOT_HYDRATED',
  request: { body: { content: { 'application/json': { schema: bodySchema } }, required: true } },
  responses: responsesOf(progressSchema, 'How far these accounts are'),
})
const progressRoute = createRoute({
  method: 'get',
  path: '/v1/hydration',
  summary: 'Per chain: how many accounts are to be hydrated, and how many are',
  responses: responsesOf(z.object({ chains: z.record(z.string(), progressSchema) }), 'The progress'),
})

/** Routes for accounts that are older than the index. */
export function hydrationRoutes(app: OpenAPIHono, hydration: Hydration): void {
  app.openAPIRegistry.registerPath(noteRoute)
  app.post('/v1/hydration', async (context) => {
    parse(noQuery, queryOf(context.req.url))
    const { chain, accounts } = parse(bodySchema, await readBody(context.req.raw))
    const progress = await hydration.note(chain, [...new Set(accounts)]).catch((error: unknown) => {
      if (error instanceof UnknownChainError) throw new Problem('BAD_CHAIN', error.message, '/chain')
      throw error
    })
    return context.json({ chain, ...progress }, 200, { 'cache-control': 'no-store' })
  })

  app.openAPIRegistry.registerPath(progressRoute)
  app.get('/v1/hydration', async (context) => {
    parse(noQuery, queryOf(context.req.url))
    return context.json({ chains: await hydration.progress() }, 200, { 'cache-control': 'no-store' })
  })
}
