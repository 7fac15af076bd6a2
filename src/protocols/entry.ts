/** What a configuration says of one instance of a protocol, and what of it is said again elsewhere. */
import type { z } from 'zod'

export type Entry<schema extends z.ZodType> = {
  readonly schema: schema
  /** Names in the facts under which accounts hold something through it; its own comes first. Empty where nobody does. */
  readonly protocols: readonly string[]
  /** Whether the owner of a configuration may say how far it is to be trusted. */
  readonly hasTier: boolean
  /** Facts in which an instance that is indexed is found. */
  readonly rows: 'markets' | 'vaults' | 'feeds' | 'pools'
  readonly describe: (entry: z.output<schema>) => Described
}

export type Described = {
  readonly address: `0x${string}`
  readonly name: string | null
  /** Why nothing of it may be indexed, where that is more than "not yet". */
  readonly excuse?: string
}
