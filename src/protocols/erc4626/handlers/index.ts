import { beforeHandlers } from './before'
import { checkHandlers } from './check'
import { metaMorphoHandlers } from './metaMorpho'
import { requestHandlers } from './requests'
import { totalsHandlers } from './totals'

export const erc4626Handlers = [
  ...beforeHandlers,
  ...totalsHandlers,
  ...metaMorphoHandlers,
  ...requestHandlers,
  ...checkHandlers,
]
