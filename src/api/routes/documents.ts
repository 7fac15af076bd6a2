import type { OpenAPIHono } from '@hono/zod-openapi'

const about = {
  openapi: '3.1.0',
  info: {
    title: 'Crossmargin',
    version: '1',
    description:
      'What an account’s collateral, wherever it sits, is worth as margin right now. Money, quantities and ratios are decimal strings; ' +
      'unknown is null with a reason, never 0; every answer names the instant and the blocks it rests on, and its stateHash.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
}

/** The machine-readable description, the human one made from it, and a guide in plain text. */
export function documentRoutes(app: OpenAPIHono): void {
  const document = () => app.getOpenAPI31Document(about)
  app.get('/openapi.json', (context) => context.json(document()))
  app.get('/docs', (context) => context.html(htmlOf(document())))
  app.get('/llms.txt', (context) => context.text(guide))
}

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>

interface Operation {
  readonly summary?: string
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly schema?: { readonly enum?: readonly string[]; readonly default?: unknown; readonly description?: string }
  }[]
}

function htmlOf(document: Document): string {
  const sections = Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, Operation>).map(
      ([method, { summary, parameters = [] }]) => `<h2><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h2>
<p>${escapeHtml(summary ?? '')}</p>${parameters.length === 0 ? '' : `<ul>${parameters.map(parameterHtml).join('')}</ul>`}`,
    ),
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Crossmargin API</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}code{font-size:.95em}h2{margin-top:2rem}</style>
<h1>Crossmargin API</h1><p>${escapeHtml(about.info.description)}</p>
<p>Errors are <code>application/problem+json</code> with a stable <code>code</code> and a <code>pointer</code>.
Every shape is in <a href="/openapi.json">/openapi.json</a>; a short guide for programs is <a href="/llms.txt">/llms.txt</a>.</p>
${sections.join('\n')}</html>`
}

function parameterHtml({ name, in: place, required, schema }: NonNullable<Operation['parameters']>[number]): string {
  const values = schema?.enum === undefined ? '' : `: ${schema.enum.join(' | ')}`
  const fallback = schema?.default === undefined ? '' : ` (default ${String(schema.default)})`
  return `<li><code>${escapeHtml(name)}</code> in ${place}${required ? ', required' : ''}${escapeHtml(values + fallback)} ${escapeHtml(schema?.description ?? '')}</li>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const guide = `# Crossmargin

What an account's collateral, wherever it sits, is worth as margin right now.

- GET /v1/accounts/{address}/margin?model=portfolio&finality=conservative&at=   the figure
- GET /v1/accounts/{address}/collateral   positions, lending units, haircut waterfall
- POST /v1/margin   {"addresses":[],"positions":[{"id","kind","underlying","quantity",...}],"model"}   the figure with derivatives
- GET /v1/risk/concentration?by=asset|protocol|chain|issuer|oracle|curator|account   all accounts, every dollar once
- GET /v1/markets, /v1/status, /v1/coverage, /v1/parameters, /v1/scenarios
- GET /health, /ready (503 while a required chain is stale), /metrics, /openapi.json

Rules for reading answers:
- Every number is a decimal string. USD has 8 decimals, ratios 18. Raw token amounts are integers beside "decimals".
- Unknown is null with a reasonCode, never 0. "complete": false means something is missing and counted as zero; "missing" lists it.
- collateral[] rows with side "borrow" are debts. Sum of marketValue over the others = grossCollateralValue; over debts = debtValue;
  sum of credit = collateralCredit; marketValue minus the sum of steps[].amount = credit.
- venue=NAME: what that venue may do. collateralCredit = indicativeCredit (it only watches) + noticeCredit + enforceableCredit (it can take).
- excess = marginBalance - requirement; positive is healthy. marginRatio >= 1 is liquidatable.
- asOf says when: one instant for all chains, and each chain's block. at=2026-01-31T12:00:00Z or at=chain:block asks for the past.
- stateHash is the ETag; include=facts adds everything the figure was computed from.
- Errors are application/problem+json with "code" and "pointer".
`
