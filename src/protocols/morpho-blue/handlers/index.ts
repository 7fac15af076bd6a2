import { balanceHandlers } from './balances'
import { beforeHandlers } from './before'
import { curveHandlers } from './curve'
import { governanceHandlers } from './governance'
import { listingHandlers } from './listing'
import { watchHandlers } from './watch'

export const morphoBlueHandlers = [
  ...beforeHandlers,
  ...listingHandlers,
  ...balanceHandlers,
  ...curveHandlers,
  ...governanceHandlers,
  ...watchHandlers,
]
