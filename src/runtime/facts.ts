/** What a handler is given: the block it writes for, the store, and views of the chain at that block. */
import type { Address, Hash, PublicClient } from 'viem'

export type Key = Readonly<Record<string, unknown>>
export type Row = Readonly<Record<string, unknown>>

/** The part of Ponder's store the handlers use: keyed reads and writes, never SQL. */
export type Store = {
  find(table: object, key: Key): Promise<Row | null>
  insert(table: object): { values(row: Row): Insertion }
  /** `set` may be given the columns to change, or what makes them from the row that is there; it fails where there is none. */
  update(table: object, key: Key): { set(values: Row | ((row: Row) => Row)): Promise<unknown> }
}

export type Insertion = Promise<unknown> & {
  onConflictDoNothing(): Promise<unknown>
  /** `set` is given the row that is there already and returns the columns to change. */
  onConflictDoUpdate(set: (row: Row) => Row): Promise<unknown>
}

/** Chain and block of a fact. */
export type Stamp = { readonly chainId: number; readonly blockNumber: bigint; readonly blockTimestamp: bigint }

/** Calls read the state at the end of the event's block unless they name another. */
export type Views = Pick<PublicClient, 'readContract' | 'getBlock'>

export type Facts = { readonly store: Store; readonly stamp: Stamp; readonly views: Views }

export type EventBlock = { readonly number: bigint; readonly hash: Hash; readonly timestamp: bigint }

/** The arguments Ponder calls every handler with, reduced to what is used here. */
export type HandlerArguments = {
  readonly event: {
    readonly args: unknown
    readonly block: EventBlock
    readonly log: { readonly address: Address; readonly logIndex: number }
  }
  readonly context: {
    readonly chain: { readonly id: number }
    readonly db: Store
    readonly client: Views
  }
}

/** A handler and the Ponder event it is for. */
export type Registration = { readonly name: string; readonly handler: (args: HandlerArguments) => Promise<void> }
