/** The shape every protocol has on the write side. */
import type { AddressConfig } from 'ponder'
import type { Abi, Address, PublicClient } from 'viem'
import type { ChainConfig } from '../../config/schema'
import type { EntryKey } from './entries'

export type ResolveContext = {
  readonly client: PublicClient
  readonly config: ChainConfig
  /** Newest block when the chain is indexed for the first time. */
  readonly head: number
  /** Null where the chain has no Multicall3. */
  readonly multicall3: Address | null
  /** First block in which things without events are read. */
  readonly pollFrom: number
  /** First block indexed of everything of a kind; infinite where the configuration has nothing of it. */
  readonly startOf: (kind: EntryKey) => number
  /** Price sources other protocols turned out to use; a protocol adds its own. */
  readonly priceSources: Map<Address, PriceSource>
}

/** A price source some protocol uses; it is indexed from the earliest block any of them needs. */
export type PriceSource = { readonly startBlock: number }

export type ContractSource = {
  readonly abi: Abi
  readonly address: AddressConfig['address']
  readonly startBlock: number
  readonly filter?: { readonly event: string; readonly args: Readonly<Record<string, unknown>> }
}
export type BlockSource = { readonly interval: number; readonly startBlock: number }

/** What a protocol asks Ponder to index, by the names its handlers use. */
export type Sources = {
  readonly contracts?: Readonly<Record<string, ContractSource>>
  readonly blocks?: Readonly<Record<string, BlockSource>>
}

/**
 * `resolve` asks the chain for what the configuration leaves open; its result is plain JSON, kept for the life of a schema.
 * `sources` must depend on that result and nothing else, because Ponder refuses to resume when they change.
 */
export type Protocol<resolved> = {
  readonly resolve: (context: ResolveContext) => Promise<resolved>
  readonly sources: (resolved: resolved) => Sources
}
