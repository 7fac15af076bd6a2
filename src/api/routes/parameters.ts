/** Path and query parameters that several routes share. */
import { z } from '@hono/zod-openapi'
import type { At } from '../read/loadEvidence'
import { isAccountAddress } from '../wire/address'
import { readIsoTime } from '../wire/isoTime'
import { withCode } from '../wire/parse'
import { Problem } from '../wire/problem'
import { venueName } from '../wire/venueName'

export const models = ['cross', 'portfolio', 'isolated', 'var', 'es', 'greeks'] as const
export const finalities = ['latest', 'safe', 'finalized', 'conservative'] as const

/** Lower case, or with a correct EIP-55 checksum; a wrong checksum is a typing error somebody should hear about. */
export const addressSchema = z
  .string()
  .refine(
    (text) => isAccountAddress(text),
    withCode('BAD_ADDRESS', 'give an address: 0x and 40 hex digits, lower case or checksummed'),
  )
  .transform((text) => text.toLowerCase())
  .openapi({ type: 'string', pattern: '^0x[0-9a-fA-F]{40}$', example: '0x00000000000000000000000000000000000000aa' })

export const modelSchema = z.enum(models).default('portfolio').openapi({ description: 'Margin model' })
export const finalitySchema = z.enum(finalities).default('conservative').openapi({
  description: 'How final the blocks must be; conservative = the lower excess of latest and finalized',
})
export const atSchema = z
  .string()
  .max(80)
  .optional()
  .openapi({ description: 'A past instant: an ISO 8601 time with a zone, or chain:block', example: 'alpha:120' })

/** A name nobody has agreed anything under is no error: the answer then says that nothing is agreed. */
export const venueSchema = z.string().max(40).regex(venueName.pattern, venueName.words).optional().openapi({
  description: 'The venue that asks: decides what it can do with the collateral; without one it can only watch',
  example: 'acme',
})

export const accountParameters = z.strictObject({ account: addressSchema })

const chainBlock = /^([a-zA-Z][a-zA-Z0-9_-]{0,39}):(\d{1,18})$/

/** @throws Problem when `at` is neither an ISO time nor `chain:block`. */
export function parseAt(text: string | undefined, pointer: string): At | null {
  if (text === undefined) return null
  const block = chainBlock.exec(text)
  if (block !== null) return { kind: 'block', chain: block[1]!, blockNumber: BigInt(block[2]!).toString() }
  const time = readIsoTime(text)
  if (time === null)
    throw new Problem(
      'BAD_TYPE',
      'give an ISO 8601 time with a zone, such as 2026-01-31T12:00:00Z, or chain:block',
      pointer,
    )
  return { kind: 'time', time }
}

/** A query as an object; a parameter given twice is a list, which no schema here takes. */
export function queryOf(url: string): Readonly<Record<string, unknown>> {
  const values = new Map<string, string | string[]>()
  for (const [key, value] of new URL(url).searchParams) {
    const before = values.get(key)
    values.set(key, before === undefined ? value : [before, value].flat())
  }
  return Object.fromEntries(values)
}
