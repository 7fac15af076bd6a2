/** The HTTP application: routes, problems for everything that goes wrong, and the page. */
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Logger } from 'pino'
import { EngineError } from '../../engine/errors'
import type { Hydration } from './hydration'
import { createMetrics } from './metrics'
import { BusyError } from './oneAtATime'
import { AtNotIndexedError, DatabaseUnavailableError, NothingIndexedError, UnknownChainError } from './read/errors'
import { accountRoutes } from './routes/accounts'
import { catalogueRoutes } from './routes/catalogue'
import { documentRoutes } from './routes/documents'
import { hydrationRoutes } from './routes/hydration'
import { marginRoutes } from './routes/margin'
import { marketRoutes } from './routes/markets'
import { operationRoutes } from './routes/operations'
import { pageRoutes } from './routes/page'
import { riskRoutes } from './routes/risk'
import { riskMarketRoutes } from './routes/riskMarket'
import type { Service } from './service'
import { Problem, type ProblemCode, problemBody } from './wire/problem'

export interface AppOptions {
  readonly service: Service
  readonly hydration: Hydration
  readonly log: Logger
  /** Folder of the page's files; without one `/` is not found. */
  readonly webDirectory: string | null
}

export function createApp({ service, hydration, log, webDirectory }: AppOptions): OpenAPIHono {
  const app = new OpenAPIHono()
  const metrics = createMetrics()
  app.use(async (context, next) => {
    const started = performance.now()
    await next()
    metrics.observe(context.req.routePath, context.res.status, (performance.now() - started) / 1000)
  })
  accountRoutes(app, service)
  marginRoutes(app, service)
  marketRoutes(app, service)
  catalogueRoutes(app, service)
  riskMarketRoutes(app, service)
  riskRoutes(app, service)
  operationRoutes(app, service, metrics)
  hydrationRoutes(app, hydration)
  documentRoutes(app)
  pageRoutes(app, webDirectory)
  app.notFound((context) => sendProblem(context, new Problem('NOT_FOUND', 'there is nothing at this path', '')))
  app.onError((error, context) => sendProblem(context, toProblem(error, log)))
  return app
}

function sendProblem(context: Context, problem: Problem): Response {
  const headers: Record<string, string> = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  if (problem.status === 503) headers['retry-after'] = '1'
  return context.body(JSON.stringify(problemBody(problem)), problem.status, headers)
}

/** Every failure a caller can see. What we did not foresee is logged whole and answered without its innards. */
function toProblem(error: unknown, log: Logger): Problem {
  if (error instanceof Problem) return error
  if (error instanceof EngineError && !isOurs(error)) return engineProblem(error)
  if (error instanceof AtNotIndexedError) return new Problem('AT_NOT_INDEXED', error.message, '/at')
  if (error instanceof UnknownChainError) return new Problem('BAD_CHAIN', error.message, '/at')
  if (error instanceof BusyError) return new Problem('NOT_READY', error.message, '')
  if (error instanceof NothingIndexedError) return new Problem('NOT_READY', error.message, '')
  if (error instanceof DatabaseUnavailableError) {
    log.warn({ cause: String(error.cause) }, error.message)
    return new Problem('NOT_READY', 'the database does not answer; try again', '')
  }
  log.error(error, 'a request failed')
  return new Problem('NOT_READY', 'this could not be answered; the failure is logged', '')
}

/** The engine refused something that the request did not contain: a fault of ours, not of the caller's. */
function isOurs({ pointer }: EngineError): boolean {
  return !/^\/(model|positions|marketData|parameters|cash|recourseDebt|accruedFunding)(\/|$)/.test(pointer)
}

function engineProblem({ code, pointer, message }: EngineError): Problem {
  const detail = message.slice(message.indexOf(': ') + 2)
  switch (code) {
    case 'BAD_TYPE':
    case 'OUT_OF_RANGE':
    case 'UNKNOWN_FIELD':
    case 'UNKNOWN_MODEL':
      return new Problem(code satisfies ProblemCode, detail, pointer)
    // The body is well-formed, but names what is not known here.
    case 'PRICE_MISSING':
    case 'NOT_FOUND':
      return new Problem('NOT_FOUND', detail, pointer, 422)
    default:
      return new Problem('OUT_OF_RANGE', detail, pointer)
  }
}
