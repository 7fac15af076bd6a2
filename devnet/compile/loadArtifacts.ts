import { loadAaveV30 } from './aaveV30'
import { compileAaveV36 } from './aaveV36'
import { compileChainlink } from './chainlink'
import { compileMorphoBlue } from './morphoBlue'
import { compileOwnContracts } from './ownContracts'

/** Every contract the local chains can hold; compiled when the cache has them not. */
export async function loadArtifacts(log: (line: string) => void = console.error) {
  const [own, chainlink, aaveV36, aaveV30, morphoBlue] = await Promise.all([
    compileOwnContracts(log),
    compileChainlink(log),
    compileAaveV36(log),
    loadAaveV30(),
    compileMorphoBlue(log),
  ])
  return { own, chainlink, aaveV36, aaveV30, morphoBlue }
}

export type DevnetArtifacts = Awaited<ReturnType<typeof loadArtifacts>>
