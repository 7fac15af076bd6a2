import type { Address, Hash } from 'viem'
import { readContract } from '../../../devnet/chain/readContract'
import { rpc } from '../../../devnet/chain/rpc'
import type { Call, Contract } from '../../../devnet/chain/types'
import { type AccountData, accountData } from '../../../devnet/operations/accountData'
import type { DevnetChain } from '../../../devnet/types'

/** What view functions said at a block while it was the head. */
export interface Moment {
  readonly number: bigint
  readonly hash: Hash
  readonly timestamp: number
  /** Balance of the relayed token. */
  readonly relayed: bigint
  readonly account: AccountData
}

export interface Watched {
  readonly token: Contract
  readonly relayer: Address
  readonly user: Address
}

/** One chain's canonical blocks as they are made, each with what the chain itself said when it was the head. */
export class Timeline {
  readonly moments: Moment[] = []

  constructor(
    readonly chain: DevnetChain,
    private readonly watched: Watched,
  ) {}

  get head(): Moment {
    return this.moments.at(-1)!
  }

  /** Makes one block of these calls. */
  async mine(timestamp: number, calls: readonly Call[] = []): Promise<Moment> {
    for (const call of calls) await this.chain.send(call)
    const block = await this.chain.mine({ timestamp })
    const { token, relayer, user } = this.watched
    const at = { blockHash: block.hash }
    const [relayed, account] = await Promise.all([
      readContract<bigint>(this.chain, token, 'balanceOf', [relayer], at),
      accountData(this.chain, this.chain.contracts.aave!, user, at),
    ])
    this.moments.push({ number: block.number, hash: block.hash, timestamp: block.timestamp, relayed, account })
    return this.head
  }

  /** Takes the last blocks off the chain. */
  async rollBack(depth: number): Promise<void> {
    await rpc(this.chain.client, 'anvil_rollback', [depth])
    this.moments.splice(-depth)
  }

  /** The last block at or before an instant. */
  at(time: number): Moment {
    const moment = this.moments.findLast(({ timestamp }) => timestamp <= time)
    if (moment === undefined) throw new RangeError(`nothing of ${this.chain.name} was recorded before ${time}`)
    return moment
  }
}
