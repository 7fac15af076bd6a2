import type { Address, Hex } from 'viem'
import { morphoBlueAbi } from '../../../abis/morpho-blue/morpho'
import { morphoRateModelAbi } from '../../../abis/morpho-blue/rateModel'
import type { ResolveContext } from '../protocol'
import { listMarkets } from './listMarkets'
import type { ResolvedDeployment, ResolvedMorphoBlue } from './types'

/** The configured contract is not a Morpho Blue, or a rate model is not what it is said to be. */
export class MorphoBlueDeploymentError extends Error {
  override readonly name = 'MorphoBlueDeploymentError'
}

/** Checks every configured Morpho Blue contract and its adaptive curves. */
export async function resolveMorphoBlue(context: ResolveContext): Promise<ResolvedMorphoBlue> {
  const { config, pollFrom } = context
  return { deployments: await Promise.all(config.morphoBlue.map((one) => resolveDeployment(context, one))), pollFrom }
}

async function resolveDeployment(
  { client, config, startOf }: ResolveContext,
  { address, markets, irm, startBlock }: ResolveContext['config']['morphoBlue'][number],
): Promise<ResolvedDeployment> {
  const owner = await client.readContract({ address, abi: morphoBlueAbi, functionName: 'owner' }).catch(() => null)
  if (owner === null)
    throw new MorphoBlueDeploymentError(
      `morphoBlue ${address} does not answer owner(); check the address and the chain's rpc.`,
    )
  const adaptiveCurves = Object.entries(irm)
    .filter(([, kind]) => kind === 'adaptive-curve')
    .map(([curve]) => curve.toLowerCase() as Address)
    .sort()
  for (const curve of adaptiveCurves) await checkCurve(client, curve)
  const start = startOf('morphoBlue')
  const code = start === 0 ? undefined : await client.getCode({ address, blockNumber: BigInt(start - 1) })
  return {
    morpho: address,
    markets: markets === 'all' ? null : markets.map((id) => id.toLowerCase() as Hex).sort(),
    adaptiveCurves,
    startBlock: start,
    isOlder: code !== undefined,
    olderMarkets:
      code === undefined || markets !== 'all'
        ? []
        : (await hasCodeBefore(client, address, startBlock))
          ? null
          : await listMarkets(client, {
              morpho: address,
              first: startBlock,
              last: start - 1,
              range: config.getLogsRange,
            }),
  }
}

async function checkCurve(client: ResolveContext['client'], address: Address): Promise<void> {
  const read = {
    address,
    abi: morphoRateModelAbi,
    functionName: 'rateAtTarget',
    args: [`0x${'0'.repeat(64)}`],
  } as const
  await client.readContract(read).catch(() => {
    throw new MorphoBlueDeploymentError(
      `morphoBlue irm ${address} does not answer rateAtTarget(bytes32), so it is no adaptive curve; configure it as "read".`,
    )
  })
}

/** Markets may have been created before the block its configuration gives as its beginning; a node without an archive does not know, then the configuration's word stands. */
async function hasCodeBefore(client: ResolveContext['client'], address: Address, block: number): Promise<boolean> {
  if (block === 0) return false
  const code = await client.getCode({ address, blockNumber: BigInt(block - 1) }).catch(() => undefined)
  return code !== undefined
}
