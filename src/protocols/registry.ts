/** The one list of protocols on the write side. */
import { aaveV3Sources } from './aave-v3/contracts'
import { resolveAaveV3 } from './aave-v3/deployment'
import { chainlinkSources } from './chainlink/contracts'
import { resolveChainlink } from './chainlink/deployment'
import { compoundV3Sources } from './compound-v3/contracts'
import { resolveCompoundV3 } from './compound-v3/deployment'
import { erc4626Sources } from './erc4626/contracts'
import { resolveErc4626 } from './erc4626/deployment'
import { morphoBlueSources } from './morpho-blue/contracts'
import { resolveMorphoBlue } from './morpho-blue/deployment'
import type { Protocol, ResolveContext, Sources } from './protocol'
import { uniswapV3Sources } from './uniswap-v3/contracts'
import { resolveUniswapV3 } from './uniswap-v3/deployment'
import { walletSources } from './wallet/contracts'
import { resolveWallet } from './wallet/deployment'

const protocol = <resolved>(resolve: Protocol<resolved>['resolve'], sources: Protocol<resolved>['sources']) => ({
  resolve,
  sources,
})

/** In the order they are resolved: price sources last, because the others say which they use. */
export const protocols = {
  aaveV3: protocol(resolveAaveV3, aaveV3Sources),
  morphoBlue: protocol(resolveMorphoBlue, morphoBlueSources),
  compoundV3: protocol(resolveCompoundV3, compoundV3Sources),
  erc4626: protocol(resolveErc4626, erc4626Sources),
  uniswapV3: protocol(resolveUniswapV3, uniswapV3Sources),
  wallet: protocol(resolveWallet, walletSources),
  chainlink: protocol(resolveChainlink, chainlinkSources),
}

export type ResolvedProtocols = {
  readonly [name in keyof typeof protocols]: Awaited<ReturnType<(typeof protocols)[name]['resolve']>>
}

/** Asks the chain for everything its configuration leaves open, protocol after protocol. */
export async function resolveProtocols(context: ResolveContext): Promise<ResolvedProtocols> {
  const resolved: Record<string, unknown> = {}
  for (const [name, { resolve }] of Object.entries(protocols)) resolved[name] = await resolve(context)
  return resolved as ResolvedProtocols
}

/** What every protocol asks Ponder to index. */
export function protocolSources(resolved: ResolvedProtocols): readonly Sources[] {
  return Object.entries(protocols).map(([name, { sources }]) =>
    (sources as Protocol<unknown>['sources'])(resolved[name as keyof ResolvedProtocols]),
  )
}
