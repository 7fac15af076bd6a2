import { z } from 'zod'
import { address, assetName, block, decimalText, seconds } from '../../../config/fields'
import type { Entry } from '../entry'

const schema = z.strictObject({
  proxy: address,
  base: assetName,
  quote: assetName,
  heartbeatSeconds: seconds,
  band: z.tuple([decimalText, decimalText]).optional(),
  startBlock: block.optional(),
})

export const chainlinkEntry: Entry<typeof schema> = {
  schema,
  protocols: [],
  hasTier: false,
  rows: 'feeds',
  describe: ({ proxy, base, quote }) => ({ address: proxy, name: `${base}/${quote}` }),
}
