import { z } from 'zod'
import { address, block } from '../../../config/fields'
import type { Entry } from '../entry'

const schema = z.strictObject({ pool: address, startBlock: block.optional() })

export const uniswapV3Entry: Entry<typeof schema> = {
  schema,
  protocols: [],
  hasTier: false,
  rows: 'pools',
  describe: ({ pool }) => ({ address: pool, name: null }),
}
