import { z } from 'zod'
import { address, block, name } from '../../../config/fields'
import type { Entry } from '../entry'
import { PROTOCOL } from './keys'

const schema = z.strictObject({ name, comet: address, startBlock: block })

export const compoundV3Entry: Entry<typeof schema> = {
  schema,
  protocols: [PROTOCOL],
  hasTier: true,
  rows: 'markets',
  describe: ({ name, comet }) => ({ address: comet, name }),
}
