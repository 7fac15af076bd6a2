import { Problem } from './problem'

const largestBody = 1024 * 1024
/** A client that is still sending has to be listened to before it can hear that its body is too large. */
const patience = 16 * largestBody
const deepest = 32

/**
 * Reads a JSON body of at most 1 MB and 32 levels.
 * @throws Problem for another content type, a larger or deeper body, and text that is not JSON.
 */
export async function readBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  const text = await readText(request)
  if (type !== 'application/json') throw new Problem('BAD_TYPE', 'send content-type application/json', '', 415)
  if (depthOf(text) > deepest) throw new Problem('OUT_OF_RANGE', `nested deeper than ${deepest} levels`, '')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem('BAD_TYPE', `not valid JSON: ${(error as Error).message}`, '')
  }
}

async function readText(request: Request): Promise<string> {
  if (request.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size <= largestBody) chunks.push(chunk)
    else if (size > patience) break
  }
  if (size > largestBody) throw new Problem('BODY_TOO_LARGE', `a body has at most ${largestBody} bytes`, '')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new Problem('BAD_TYPE', 'the body is not valid UTF-8', '')
  }
}

/** Levels of brackets outside strings; counted on the text, because a parser may overflow before it can tell. */
function depthOf(text: string): number {
  let depth = 0
  let most = 0
  let isString = false
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (isString) {
      if (character === backslash) index++
      else if (character === quote) isString = false
    } else if (character === quote) isString = true
    else if (character === openBracket || character === openBrace) most = Math.max(most, ++depth)
    else if (character === closeBracket || character === closeBrace) depth--
  }
  return most
}

const quote = 0x22
const backslash = 0x5c
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d
