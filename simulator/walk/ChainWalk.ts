import type { Address } from 'viem'
import { rpc } from '../../devnet/chain/rpc'
import type { LocalChain } from '../../devnet/chain/types'
import type { Random } from '../../devnet/random'
import type { TracedBlock, TracedEvent } from '../trace'
import { readTruth } from '../truth/readTruth'
import type { ChainTruth } from '../truth/types'
import type { Action, SimulatedContracts, WalkedBlock } from '../types'
import { chooseCalls } from './chooseCalls'
import { drawReplacement } from './drawReplacement'
import { drawTimeStep } from './drawTimeStep'
import { mineCalls } from './mineCalls'
import { shortfallsOf } from './quotas'

export interface ChainWalkInput {
  readonly chain: LocalChain
  readonly contracts: SimulatedContracts
  readonly actors: readonly Address[]
  /** Accounts that are looked at and never act: treasury, vaults, the deficits' payer. */
  readonly watched: readonly Address[]
  readonly actions: readonly Action[]
  /** How often each action has to happen. */
  readonly quotas: ReadonlyMap<string, number>
  /** How many operations there should be in the end; more when the quotas are not met by then. */
  readonly operations: number
  readonly random: Random
  /** Unix seconds no block may pass. */
  readonly endTimestamp: number
}

const maxCallsPerBlock = 5
/** Every block is checked, so that blocks stay at least a third of operations. */
const usualOperationsPerBlock = 2.92
const mostOperationsPerBlock = 2.98

/** One chain walking at random: knows its canonical blocks since set-up and what has succeeded in them. */
export class ChainWalk {
  private readonly blocks: WalkedBlock[] = []
  private constructor(
    readonly input: ChainWalkInput,
    private current: ChainTruth,
  ) {}

  static async begin(input: ChainWalkInput): Promise<ChainWalk> {
    const { number, hash, timestamp } = await input.chain.client.getBlock()
    const accounts = [...input.actors, ...input.watched]
    const truth = await readTruth(input.chain, input.contracts, accounts, {
      number,
      hash,
      timestamp: Number(timestamp),
    })
    return new ChainWalk(input, truth)
  }

  get truth(): ChainTruth {
    return this.current
  }

  get length(): number {
    return this.blocks.length
  }

  /** Successful operations of the canonical chain by action. */
  count(into: Map<string, number>): void {
    for (const { operations } of this.blocks) {
      for (const { action } of operations) into.set(action, (into.get(action) ?? 0) + 1)
    }
  }

  /** Successful operations of the canonical chain. */
  get operations(): number {
    return this.blocks.reduce((sum, { operations }) => sum + operations.length, 0)
  }

  /** Operations missing from the quotas, by action. */
  get shortfalls(): Map<string, number> {
    const seen = new Map<string, number>()
    this.count(seen)
    return shortfallsOf(this.input.quotas, seen)
  }

  /** What view functions say at an earlier block of the walk, by its place. */
  async truthAt(index: number): Promise<ChainTruth> {
    return this.read(this.blocks[index]!)
  }

  /** Mines one block of fresh calls. */
  async step(): Promise<TracedEvent> {
    const { random, endTimestamp, chain } = this.input
    const [fewest, most] = this.callsPerBlock()
    const calls = await this.choose(random.integer(fewest, most))
    const secondsAfterParent = drawTimeStep(random, endTimestamp - this.current.timestamp)
    const block: TracedBlock = { secondsAfterParent, calls }
    await this.mine(block)
    return { kind: 'block', chain: chain.name, block }
  }

  /** Replaces the last `depth` blocks by others. */
  async reorganise(depth: number): Promise<TracedEvent> {
    const { random, chain } = this.input
    const extra = await this.choose(2)
    const blocks = drawReplacement(random, this.blocks.slice(-depth), extra)
    await this.replace(depth, blocks)
    return { kind: 'reorg', chain: chain.name, depth, blocks }
  }

  /** Mines this very block. */
  async mine(block: TracedBlock): Promise<void> {
    this.blocks.push(await mineCalls(this.input.chain, block))
    this.current = await this.read(this.blocks.at(-1)!)
  }

  /** Takes the last `depth` blocks off the chain and mines these instead. */
  async replace(depth: number, blocks: readonly TracedBlock[]): Promise<void> {
    const { chain } = this.input
    await rpc(chain.client, 'anvil_rollback', [depth])
    this.blocks.splice(-depth)
    for (const block of blocks) this.blocks.push(await mineCalls(chain, block))
    this.current = await this.read(this.blocks.at(-1)!)
  }

  /** Proposals of several calls can fill blocks beyond measure; then some have one call or none, and only time passes. */
  private callsPerBlock(): readonly [number, number] {
    const crowding = this.operations / Math.max(1, this.blocks.length)
    if (crowding > mostOperationsPerBlock) return [0, 0]
    return [1, crowding > usualOperationsPerBlock ? 1 : maxCallsPerBlock]
  }

  private choose(count: number) {
    const { chain, contracts, actors, random, actions, operations } = this.input
    const truth = { ...this.current, accounts: this.current.accounts.slice(0, actors.length) }
    const dues = { shortfalls: this.shortfalls, operationsLeft: operations - this.operations }
    return chooseCalls(actions, dues, { chain, contracts, actors, random, truth }, count)
  }

  private read(block: WalkedBlock): Promise<ChainTruth> {
    const { chain, contracts, actors, watched } = this.input
    return readTruth(chain, contracts, [...actors, ...watched], block)
  }
}
