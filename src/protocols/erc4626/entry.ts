import { z } from 'zod'
import { address, block } from '../../../config/fields'
import type { Entry } from '../entry'

const schema = z.strictObject({
  address,
  shape: z.enum(['standard', 'metaMorpho', 'vaultV2', 'erc7540', 'other']).default('standard'),
  curator: z.union([address, z.null()]).default(null),
  refreshBlocks: z.int().positive().default(10),
  startBlock: block,
})

export const erc4626Entry: Entry<typeof schema> = {
  schema,
  protocols: ['erc4626', 'erc7540'],
  hasTier: true,
  rows: 'vaults',
  describe: ({ address }) => ({ address, name: null }),
}
