/** The one list of protocols on the write side. */
import { aaveV3Sources } from './aave-v3/contracts'
import { resolveAaveV3 } from './aave-v3/deployment'
import { chainlinkSources } from './chainlink/contracts'
import { resolveChainlink } from './chainlink/deployment'
import { erc4626Sources } from './erc4626/contracts'
import { resolveErc4626 } from './erc4626/deployment'
import type { Protocol } from './protocol'
import { walletSources } from './wallet/contracts'
import { resolveWallet } from './wallet/deployment'

const protocol = <resolved>(resolve: Protocol<resolved>['resolve'], sources: Protocol<resolved>['sources']) => ({
  resolve,
  sources,
})

/** In the order they are resolved: price sources last, because the others say which they use. */
export const protocols = {
  aaveV3: protocol(resolveAaveV3, aaveV3Sources),
  erc4626: protocol(resolveErc4626, erc4626Sources),
  wallet: protocol(resolveWallet, walletSources),
  chainlink: protocol(resolveChainlink, chainlinkSources),
}

export type ResolvedProtocols = {
  readonly [name in keyof typeof protocols]: Awaited<ReturnType<(typeof protocols)[name]['resolve']>>
}
