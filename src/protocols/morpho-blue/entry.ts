import { z } from 'zod'
import { address, block } from '../../../config/fields'
import type { Entry } from '../entry'
import { PROTOCOL } from './keys'

const schema = z.strictObject({
  address,
  markets: z.union([z.literal('all'), z.array(z.string().regex(/^0x[0-9a-fA-F]{64}$/))]).default('all'),
  irm: z.record(z.string(), z.enum(['adaptive-curve', 'read'])).default({}),
  startBlock: block,
})

export const morphoBlueEntry: Entry<typeof schema> = {
  schema,
  protocols: [PROTOCOL],
  hasTier: true,
  rows: 'markets',
  describe: ({ address }) => ({ address, name: null }),
}
