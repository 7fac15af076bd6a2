/** How answers leave: entity tags, problems, and their description. */
import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Answer } from '../answer'
import { problemSchema } from './schemas'

/** Sends an answer under its state hash; a client that already has it gets 304. */
export function sendAnswer(context: Context, { body, stateHash, replay }: Answer, withFacts: boolean): Response {
  const headers = { etag: `"${stateHash}"`, 'cache-control': 'no-cache' }
  if (matches(context.req.header('if-none-match'), stateHash)) return context.body(null, 304, headers)
  return context.json(withFacts ? { ...body, facts: replay } : body, 200, headers)
}

/** Tags are compared weakly, as RFC 9110 asks for If-None-Match. */
function matches(header: string | undefined, stateHash: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((tag) => ['*', `"${stateHash}"`, `W/"${stateHash}"`].includes(tag.trim()))
}

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})

/** Responses of a route that answers with one schema. */
export function responsesOf(schema: z.ZodType, description: string) {
  return {
    200: { description, content: { 'application/json': { schema } } },
    304: { description: 'Unchanged: the state hash in If-None-Match still holds' },
    400: problem('The request is wrong; `pointer` says where'),
    422: problem('The instant or the data asked for is not there'),
    503: problem('Nothing can be answered yet, or not at the moment'),
  }
}
