import { type Address, type Hex, zeroAddress } from 'viem'
import { metaMorphoAbi as abi } from '../../../abis/erc4626/metaMorpho'
import type { ResolveContext } from '../protocol'
import type { ResolvedMetaMorpho } from './types'

/**
 * What a MetaMorpho vault was before its first indexed block; null for any other vault, and for one that lends in a Morpho Blue that is not configured,
 * whose markets nobody follows.
 */
export async function findMetaMorpho(
  { client, config }: ResolveContext,
  vault: Address,
  start: number,
): Promise<ResolvedMetaMorpho | null> {
  const morpho = await ask('MORPHO')
  if (morpho === null || (await ask('withdrawQueueLength')) === null) return null
  if (!config.morphoBlue.some(({ address }) => address === morpho.toLowerCase())) return null
  const countsLost = (await ask('lostAssets')) !== null
  const blockNumber = BigInt(Math.max(start - 1, 0))
  const code = await client.getCode({ address: vault, blockNumber })
  return {
    morpho: morpho.toLowerCase() as Address,
    countsLost,
    ...(code === undefined ? fresh : await standing(blockNumber)),
  }

  function ask(functionName: 'MORPHO' | 'withdrawQueueLength' | 'lostAssets') {
    return client.readContract({ address: vault, abi, functionName }).catch(() => null) as Promise<Address | null>
  }

  async function standing(at: bigint): Promise<Omit<ResolvedMetaMorpho, 'morpho' | 'countsLost'>> {
    const read = { address: vault, abi, blockNumber: at } as const
    const amount = async (functionName: 'fee' | 'lastTotalAssets' | 'lostAssets') =>
      String(await client.readContract({ ...read, functionName }))
    const address = async (functionName: 'feeRecipient' | 'owner' | 'curator' | 'guardian') =>
      (await client.readContract({ ...read, functionName })).toLowerCase() as Address
    const queue = async (functionName: 'supplyQueue' | 'withdrawQueue') => {
      const length = await client.readContract({ ...read, functionName: `${functionName}Length` })
      const indexes = Array.from({ length: Number(length) }, (_, index) => BigInt(index))
      return Promise.all(indexes.map((index) => client.readContract({ ...read, functionName, args: [index] })))
    }
    const withdrawQueue = await queue('withdrawQueue')
    const caps = await Promise.all(
      withdrawQueue.map(async (id): Promise<[Hex, string]> => {
        const [cap] = await client.readContract({ ...read, functionName: 'config', args: [id] })
        return [id, String(cap)]
      }),
    )
    return {
      fee: await amount('fee'),
      feeRecipient: await address('feeRecipient'),
      owner: await address('owner'),
      curator: await address('curator'),
      guardian: await address('guardian'),
      lastTotalAssets: await amount('lastTotalAssets'),
      lostAssets: countsLost ? await amount('lostAssets') : '0',
      supplyQueue: await queue('supplyQueue'),
      withdrawQueue,
      caps: Object.fromEntries(caps.filter(([, cap]) => cap !== '0')),
    }
  }
}

const fresh: Omit<ResolvedMetaMorpho, 'morpho' | 'countsLost'> = {
  fee: '0',
  feeRecipient: zeroAddress,
  owner: zeroAddress,
  curator: zeroAddress,
  guardian: zeroAddress,
  lastTotalAssets: '0',
  lostAssets: '0',
  supplyQueue: [],
  withdrawQueue: [],
  caps: {},
}
