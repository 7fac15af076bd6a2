import { loadAaveV30 } from './aaveV30'
import { compileAaveV36 } from './aaveV36'
import { compileChainlink } from './chainlink'
import { compileCompoundV3 } from './compoundV3'
import { compileMorphoBlue } from './morphoBlue'
import { compileOwnContracts } from './ownContracts'
import { loadUniswapV3 } from './uniswapV3'

/** Every contract the local chains can hold; compiled when the cache has them not. */
export async function loadArtifacts(log: (line: string) => void = console.error) {
  const [own, chainlink, aaveV36, aaveV30, morphoBlue, compoundV3, uniswapV3] = await Promise.all([
    compileOwnContracts(log),
    compileChainlink(log),
    compileAaveV36(log),
    loadAaveV30(),
    compileMorphoBlue(log),
    compileCompoundV3(log),
    loadUniswapV3(),
  ])
  return { own, chainlink, aaveV36, aaveV30, morphoBlue, compoundV3, uniswapV3 }
}

export type DevnetArtifacts = Awaited<ReturnType<typeof loadArtifacts>>
