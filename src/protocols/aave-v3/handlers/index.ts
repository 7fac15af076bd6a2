import { accountHandlers } from './accounts'
import { balanceHandlers } from './balances'
import { emodeHandlers } from './emode'
import { listingHandlers } from './listing'
import { oracleHandlers } from './oracle'
import { parameterHandlers } from './parameters'
import { reserveHandlers } from './reserves'

export const aaveV3Handlers = [
  ...reserveHandlers,
  ...accountHandlers,
  ...balanceHandlers,
  ...parameterHandlers,
  ...emodeHandlers,
  ...listingHandlers,
  ...oracleHandlers,
]
