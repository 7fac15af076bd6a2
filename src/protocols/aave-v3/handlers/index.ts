import { accountHandlers } from './accounts'
import { balanceHandlers } from './balances'
import { beforeHandlers } from './before'
import { emodeHandlers } from './emode'
import { listingHandlers } from './listing'
import { oracleHandlers } from './oracle'
import { parameterHandlers } from './parameters'
import { reserveHandlers } from './reserves'
import { stableDebtHandlers } from './stableDebt'

export const aaveV3Handlers = [
  ...beforeHandlers,
  ...reserveHandlers,
  ...accountHandlers,
  ...balanceHandlers,
  ...stableDebtHandlers,
  ...parameterHandlers,
  ...emodeHandlers,
  ...listingHandlers,
  ...oracleHandlers,
]
