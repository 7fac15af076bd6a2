/** Every protocol's handlers. Apart from the registry, because they can only be loaded inside an indexer. */
import { onBlock } from '../runtime/onBlock'
import { aaveV3Handlers } from './aave-v3/handlers'
import { chainlinkHandlers } from './chainlink/handlers'
import { compoundV3Handlers } from './compound-v3/handlers'
import { erc4626Handlers } from './erc4626/handlers'
import { morphoBlueHandlers } from './morpho-blue/handlers'
import { uniswapV3Handlers } from './uniswap-v3/handlers'
import { walletHandlers } from './wallet/handlers'
import { SPARE } from './withSpareSource'

export const handlers = [
  onBlock('Blocks', async () => {}),
  onBlock(SPARE, async () => {}),
  ...aaveV3Handlers,
  ...morphoBlueHandlers,
  ...compoundV3Handlers,
  ...erc4626Handlers,
  ...uniswapV3Handlers,
  ...walletHandlers,
  ...chainlinkHandlers,
]
