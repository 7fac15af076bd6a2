/** The audit holds what is indexed against what the contracts say at the same block. */
import type { Address, Hash } from 'viem'
import type { ChainFacts } from '../src/api/facts'
import type { View } from '../views/types'
import type { Holdings } from './holdings'

/** What a contract must say if our rows are right. */
export interface Expectation {
  readonly protocol: string
  /** The account, market, vault, pool or price source it is about. */
  readonly subject: string
  readonly figure: string
  readonly view: View
  /** The part of the view's answer that is compared; all of it when absent. */
  readonly pick?: (answer: never) => unknown
  readonly expected: unknown
}

export interface AuditQuestion {
  readonly chain: string
  /** Markets, vaults, pools and prices of the chain, with the positions of `accounts` and of nobody else. */
  readonly facts: ChainFacts
  readonly holdings: Holdings
  readonly accounts: readonly Address[]
  /** The contract that sets the interest of a market whose rate follows a curve, by the market's key. */
  readonly rateModels: ReadonlyMap<string, Address>
  /** Of the block, unix seconds. */
  readonly time: bigint
}

/** Everything that one protocol's contracts can be asked about its markets and the accounts. Pure. */
export type Auditor = (question: AuditQuestion) => readonly Expectation[]

export interface AuditedBlock {
  readonly number: string
  readonly hash: Hash
  readonly timestamp: bigint
}

/** What a contract says otherwise. */
export interface Drift extends Pick<Expectation, 'protocol' | 'subject' | 'figure'> {
  readonly indexed: string
  readonly onChain: string
}

export interface ProtocolResult {
  readonly checked: number
  /** Views that refused to answer: nothing was learnt. */
  readonly unread: number
  readonly drifts: readonly Drift[]
}

/** By protocol. */
export type Results = ReadonlyMap<string, ProtocolResult>
