/** Fields that several parts of the configuration have. */
import { z } from 'zod'

export const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'must be an address: 0x and 40 hex digits')
  .transform((text) => text.toLowerCase() as `0x${string}`)
export const decimalText = z.string().regex(/^\d+(\.\d+)?$/, 'must be a decimal number in quotes, such as "0.5"')
export const name = z
  .string()
  .regex(
    /^[a-zA-Z][a-zA-Z0-9_-]{0,39}$/,
    'must start with a letter; letters, digits, - and _ only; at most 40 characters',
  )
export const block = z.int().nonnegative()
export const seconds = z.int().positive()
export const assetName = z.string().min(1).max(40)
