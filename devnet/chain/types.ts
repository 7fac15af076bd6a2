import type { Abi, Address, Hash, Hex } from 'viem'
import type { LocalClient } from './localClient'

/** A contract at an address, with what it understands. */
export interface Contract {
  readonly address: Address
  readonly abi: Abi
}

/** One transaction to be. Any sender will do: the local chains impersonate it. */
export interface Call {
  readonly from: Address
  /** Absent for a deployment. */
  readonly to?: Address
  readonly data?: Hex
  readonly value?: bigint
  /** Names the call in error messages. */
  readonly label: string
}

export interface Receipt {
  readonly transactionHash: Hash
  readonly succeeded: boolean
  readonly gasUsed: bigint
  readonly contractAddress: Address | null
  readonly logs: readonly { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex }[]
}

export interface MinedBlock {
  readonly number: bigint
  readonly hash: Hash
  readonly timestamp: number
  /** In the order of the block. */
  readonly receipts: readonly Receipt[]
}

export interface MineOptions {
  /** Unix seconds; twelve after the last block when absent. */
  readonly timestamp?: number
  /** Return reverted transactions in the receipts instead of throwing. */
  readonly allowReverts?: boolean
}

export type BlockChoice =
  | { readonly blockNumber?: bigint; readonly blockHash?: never }
  | { readonly blockHash: Hash; readonly blockNumber?: never }

/** A running local chain on which blocks are made by hand. */
export interface LocalChain {
  readonly name: string
  readonly chainId: number
  readonly rpcUrl: string
  readonly wsUrl: string
  readonly pid: number
  readonly client: LocalClient
  /** Queues a transaction for the next block; calls keep their order. */
  send(call: Call): Promise<Hash>
  /** Makes one block of everything queued. Throws `TransactionFailedError` unless reverts are allowed. */
  mine(options?: MineOptions): Promise<MinedBlock>
  /** Timestamp of the newest block. */
  timestamp(): Promise<number>
  stop(): Promise<void>
}
