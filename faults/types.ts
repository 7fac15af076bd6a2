import type { Random } from '../devnet/random'
import type { Devnet } from '../devnet/types'
import type { KeptMarket } from './market/keepMarket'
import type { ReplacedBlocks } from './market/replacedBlocks'
import type { KeptProduct } from './product/keepProduct'
import type { FaultyRpc } from './rpc/faultyRpc'

/** What faults have to play on. */
export interface Stage {
  readonly devnet: Devnet
  /** The nodes the product asks, by chain, in its order. */
  readonly nodes: ReadonlyMap<string, readonly FaultyRpc[]>
  readonly market: KeptMarket
  /** The newest block of each chain before the market began to move. */
  readonly beganAt: ReadonlyMap<string, bigint>
  readonly replaced: ReplacedBlocks
  readonly product: KeptProduct
  readonly random: Random
}

/** One thing that goes wrong. */
export interface Fault {
  readonly name: string
  /** Chains that answers may be without while it lasts and until it is recovered from; all others have to be in every answer. */
  readonly chains: readonly string[]
  /** Whether there may be no answer at all meanwhile. */
  readonly isTotal: boolean
  begin(stage: Stage): Promise<BegunFault>
}

export interface BegunFault {
  /** Answers that were not as a healthy node gives them, or processes that were killed. */
  readonly changed: number
  end(): Promise<void>
}
