import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from './projectRoot'
import type { Artifact, Artifacts } from './types'

const artifactFiles = {
  UniswapV3Factory: 'v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory',
  UniswapV3Pool: 'v3-core/artifacts/contracts/UniswapV3Pool.sol/UniswapV3Pool',
  QuoterV2: 'v3-periphery/artifacts/contracts/lens/QuoterV2.sol/QuoterV2',
} as const

export type UniswapV3Contract = keyof typeof artifactFiles

/** Uniswap v3 as its packages carry it: already compiled. */
export async function loadUniswapV3(): Promise<Artifacts<UniswapV3Contract>> {
  const folder = join(projectRoot(), 'node_modules', '@uniswap')
  const entries = Object.entries(artifactFiles).map(async ([name, file]) => {
    const { abi, bytecode, linkReferences } = JSON.parse(
      await readFile(join(folder, `${file}.json`), 'utf8'),
    ) as Artifact
    return [name, { abi, bytecode, linkReferences }] as const
  })
  return Object.fromEntries(await Promise.all(entries)) as Artifacts<UniswapV3Contract>
}
