import type { Random } from '../../devnet/random'
import type { Drift } from '../types'
import type { ChainWalk } from '../walk/ChainWalk'
import { checkBlock } from './checkBlock'

/** Compares blocks of one walk with the product's answers and keeps the tally. */
export class Checker {
  private readonly found: Drift[] = []
  private readonly numbers = new Set<string>()
  private compared = 0

  constructor(
    private readonly url: string,
    private readonly walk: ChainWalk,
  ) {}

  get drifts(): readonly Drift[] {
    return this.found
  }

  get checks(): number {
    return this.compared
  }

  /** Different blocks checked, by hash. */
  get checkedBlocks(): number {
    return this.numbers.size
  }

  checkNewest(): Promise<void> {
    return this.check(this.walk.truth)
  }

  /** Checks some of the walk's earlier blocks again: history has to stand. */
  async checkPast(random: Random, count: number): Promise<void> {
    for (let index = 0; index < count && this.walk.length > 1; index++) {
      await this.check(await this.walk.truthAt(random.integer(0, this.walk.length - 2)))
    }
  }

  private async check(truth: ChainWalk['truth']): Promise<void> {
    const { checks, drifts } = await checkBlock(this.url, truth, this.walk.truth, this.walk.input.contracts)
    this.compared += checks
    this.numbers.add(truth.blockHash)
    this.found.push(...drifts)
  }
}
