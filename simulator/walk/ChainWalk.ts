import type { Address } from 'viem'
import type { LocalChain } from '../../devnet/chain/types'
import type { Random } from '../../devnet/random'
import type { TracedBlock, TracedEvent } from '../trace'
import { readTruth } from '../truth/readTruth'
import type { ChainTruth } from '../truth/types'
import type { Action, SimulatedContracts, WalkedBlock, World } from '../types'
import { chooseCalls } from './chooseCalls'
import { drawTimeStep } from './drawTimeStep'
import { mineCalls } from './mineCalls'
import { drawReplacement, reorganise } from './reorganise'

export interface ChainWalkInput {
  readonly chain: LocalChain
  readonly contracts: SimulatedContracts
  readonly actors: readonly Address[]
  /** Accounts that are looked at and never act: treasury, vaults, the deficits' payer. */
  readonly watched: readonly Address[]
  readonly actions: readonly Action[]
  readonly random: Random
  /** Unix seconds no block may pass. */
  readonly endTimestamp: number
}

const maxCallsPerBlock = 4

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

  /** Mines one block of fresh calls. */
  async step(seen: ReadonlyMap<string, number>): Promise<TracedEvent> {
    const { random, endTimestamp, chain } = this.input
    const calls = await chooseCalls(this.input.actions, seen, this.world(), random.integer(1, maxCallsPerBlock))
    const secondsAfterParent = drawTimeStep(random, endTimestamp - this.current.timestamp)
    const block: TracedBlock = { secondsAfterParent, calls }
    this.blocks.push(await mineCalls(chain, block))
    await this.look()
    return { kind: 'block', chain: chain.name, block }
  }

  /** Replaces the last `depth` blocks by others. */
  async reorganise(depth: number, seen: ReadonlyMap<string, number>): Promise<TracedEvent> {
    const { random, chain } = this.input
    const extra = await chooseCalls(this.input.actions, seen, this.world(), 2)
    const replaced = this.blocks.splice(-depth)
    const blocks = drawReplacement(random, replaced, extra)
    this.blocks.push(...(await reorganise(chain, depth, blocks)))
    await this.look()
    return { kind: 'reorg', chain: chain.name, depth, blocks }
  }

  private world(): World {
    const { chain, contracts, actors, random } = this.input
    const truth = { ...this.current, accounts: this.current.accounts.slice(0, actors.length) }
    return { chain, contracts, actors, random, truth }
  }

  private async look(): Promise<void> {
    const { chain, contracts, actors, watched } = this.input
    this.current = await readTruth(chain, contracts, [...actors, ...watched], this.blocks.at(-1)!)
  }
}
