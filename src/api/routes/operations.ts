import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Metrics } from '../metrics'
import type { Service } from '../service'
import { parse } from '../wire/parse'
import { reconciliationBody } from '../wire/reconciliationBody'
import { queryOf } from './parameters'
import { responsesOf } from './responses'

const block = z.union([z.object({ blockNumber: z.string(), blockHash: z.string(), timestamp: z.string() }), z.null()])
const tier = z.union([z.object({ blockNumber: z.string(), blockHash: z.string(), observedAt: z.string() }), z.null()])
const statusSchema = z
  .object({
    clock: z.string(),
    cut: z.union([z.string(), z.null()]),
    ready: z.boolean(),
    chains: z.record(
      z.string(),
      z.object({
        chainId: z.int(),
        required: z.boolean(),
        maxLagSeconds: z.int(),
        schema: z.union([z.string(), z.null()]),
        liveSince: z.union([z.string(), z.null()]),
        inCut: z.boolean(),
        ready: z.boolean(),
        reasonCode: z.union([z.string(), z.null()]),
        detail: z.union([z.string(), z.null()]),
        lagSeconds: z.union([z.int(), z.null()]),
        reachable: z.boolean(),
        head: z.union([z.string(), z.null()]),
        tiers: z.object({ latest: tier, safe: tier, finalized: tier }),
        indexed: block,
        safe: block,
        finalized: block,
        indexedSince: block,
        hashAgrees: z.union([z.boolean(), z.null()]),
      }),
    ),
  })
  .openapi('Status')
const noQuery = z.strictObject({})
const text = z.string()
const textOrNull = z.union([text, z.null()])
const reconciliationSchema = z
  .object({
    chains: z.array(
      z.object({
        chain: text,
        ranAt: text,
        rotatedAt: textOrNull,
        callsPerMinute: text,
        failure: textOrNull,
        repair: textOrNull,
      }),
    ),
    protocols: z.array(
      z.object({
        chain: text,
        protocol: text,
        checked: z.int(),
        unread: z.int(),
        drift: z.int(),
        examples: z.array(z.object({ subject: text, figure: text, indexed: text, onChain: text })),
        blockNumber: text,
        blockHash: text,
        ranAt: text,
        quarantinedSince: textOrNull,
        detail: textOrNull,
      }),
    ),
  })
  .openapi('Reconciliation')

const statusRoute = createRoute({
  method: 'get',
  path: '/v1/status',
  summary: 'Per chain: how far it is indexed, how far it is final, how old it is',
  responses: responsesOf(statusSchema, 'The state of every chain'),
})

const reconciliationRoute = createRoute({
  method: 'get',
  path: '/v1/reconciliation',
  summary:
    'Per protocol and chain: how many figures were held against the contracts, what differs, and what counts nothing because of it',
  responses: responsesOf(reconciliationSchema, 'What the last audit found'),
})

/** Routes for those who run the service. */
export function operationRoutes(app: OpenAPIHono, service: Service, metrics: Metrics): void {
  app.openAPIRegistry.registerPath(statusRoute)
  app.get('/v1/status', async (context) => {
    parse(noQuery, queryOf(context.req.url))
    return context.json(await service.status(), 200, { 'cache-control': 'no-store' })
  })

  app.openAPIRegistry.registerPath(reconciliationRoute)
  app.get('/v1/reconciliation', async (context) => {
    parse(noQuery, queryOf(context.req.url))
    return context.json(reconciliationBody(await service.reconciliation()), 200, { 'cache-control': 'no-store' })
  })

  app.get('/health', (context) => context.json({ status: 'alive' }, 200, { 'cache-control': 'no-store' }))

  app.get('/ready', async (context) => {
    const { ready, cut, chains } = await service.status()
    const late = Object.entries(chains)
      .filter(([, { required, ready: isReady }]) => required && !isReady)
      .map(([chain, { reasonCode, detail, lagSeconds, maxLagSeconds }]) => ({
        chain,
        reasonCode: reasonCode ?? 'CHAIN_STALE',
        detail: detail ?? `its newest indexed block is ${lagSeconds} s old; limit ${maxLagSeconds} s`,
      }))
    return context.json({ ready, cut, late }, ready ? 200 : 503, { 'cache-control': 'no-store' })
  })

  app.get('/metrics', async (context) => {
    const [status, audited] = await Promise.all([
      service.status().catch(() => null),
      service.reconciliation().catch(() => null),
    ])
    return context.text(await metrics.expose(status, audited), 200, { 'content-type': metrics.contentType })
  })
}
