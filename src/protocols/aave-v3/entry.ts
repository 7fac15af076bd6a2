import { z } from 'zod'
import { address, block, name } from '../../../config/fields'
import type { Entry } from '../entry'
import { PROTOCOL } from './keys'

const schema = z.strictObject({
  name,
  version: z.enum(['auto', '3.0', '3.1', '3.2', '3.3', '3.4', '3.5', '3.6']).default('auto'),
  addressesProvider: address,
  startBlock: block,
})

export const aaveV3Entry: Entry<typeof schema> = {
  schema,
  protocols: [PROTOCOL],
  hasTier: true,
  rows: 'markets',
  describe: ({ name, addressesProvider }) => ({ address: addressesProvider, name }),
}
