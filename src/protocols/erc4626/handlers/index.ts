import { beforeHandlers } from './before'
import { checkHandlers } from './check'
import { metaMorphoHandlers } from './metaMorpho'
import { requestHandlers } from './requests'
import { totalsHandlers } from './totals'
import { vaultV2Handlers } from './vaultV2'
import { vaultV2AdapterHandlers } from './vaultV2Adapters'

export const erc4626Handlers = [
  ...beforeHandlers,
  ...totalsHandlers,
  ...metaMorphoHandlers,
  ...vaultV2AdapterHandlers,
  ...vaultV2Handlers,
  ...requestHandlers,
  ...checkHandlers,
]
