import type { Hash } from 'viem'
import { rpc } from '../../devnet/chain/rpc'
import { userAction } from '../../devnet/market/userAction'
import type { Random } from '../../devnet/random'
import type { Devnet } from '../../devnet/types'
import type { Stage } from '../types'

const usersShare = 0.4

/** Takes the newest `depth` blocks off a chain and makes one more than that in their place, with other things in them. */
export async function replaceBlocks(
  { devnet, market, replaced }: Stage,
  name: string,
  depth: number,
  random: Random,
): Promise<void> {
  const chain = devnet.chain(name)
  await market.meanwhile(async () => {
    const { number: head, timestamp: newest } = await chain.client.getBlock()
    const hashes: Hash[] = []
    for (let number = head - BigInt(depth) + 1n; number <= head; number++)
      hashes.push((await chain.client.getBlock({ blockNumber: number })).hash)
    await rpc(chain.client, 'anvil_rollback', [depth])
    replaced.note(hashes)
    const from = await chain.timestamp()
    const step = Math.max(1, Math.floor((Number(newest) - from) / depth))
    const users = devnet.accounts.filter(({ chains, shape }) => chains.includes(name) && busy.has(shape))
    for (let index = 1; index <= depth + 1; index++) {
      if (random.next() < usersShare) await act(devnet, name, random.pick(users).address, random)
      await chain.mine({ timestamp: from + index * step, allowReverts: true })
    }
  })
}

/** Accounts that have something and act. */
const busy = new Set(['whale', 'whale-borrower', 'plain-supplier', 'looper'])

async function act({ chain: chainOf, walk }: Devnet, name: string, account: `0x${string}`, random: Random) {
  const chain = chainOf(name)
  for (const call of await userAction(chain, account, walk.prices, random)) await chain.send(call)
}
