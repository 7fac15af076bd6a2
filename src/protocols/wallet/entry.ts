import { z } from 'zod'
import { address, assetName, block } from '../../../config/fields'
import type { Entry } from '../entry'

const schema = z.strictObject({
  address,
  asset: assetName,
  rebasing: z.boolean().default(false),
  startBlock: block.optional(),
})

export const walletEntry: Entry<typeof schema> = {
  schema,
  protocols: ['wallet'],
  hasTier: false,
  rows: 'markets',
  describe: ({ address, asset, rebasing }) => ({ address, name: asset, ...(rebasing ? { excuse: unsaid } : {}) }),
}

const unsaid = 'it rebases and keeps no shares: nothing says by how much balances move, so it is not counted'
