import type { Address, Hash } from 'viem'
import type { DevnetChain } from '../../devnet/types'
import { compareAccount } from '../../simulator/check/compareAccount'
import { readTruth } from '../../simulator/truth/readTruth'
import type { ChainTruth } from '../../simulator/truth/types'
import type { Drift, SimulatedContracts } from '../../simulator/types'
import type { ReplacedBlocks } from '../market/replacedBlocks'
import { askFigure, type FigureBody } from './ask'

export interface Verdict {
  /** Figures held against the contracts. */
  readonly checks: number
  readonly wrong: readonly Drift[]
  /** Chains whose figures were all compared and right. */
  readonly exact: readonly string[]
}

/** So long an answer may rest on a block that its chain has given up. */
const noticeMilliseconds = 6_000
const remembered = 60

/** Holds answers against the contracts, as healthy nodes know them at the very block that an answer names. */
export class Judge {
  private readonly truths = new Map<Hash, Promise<ChainTruth | null>>()

  constructor(
    private readonly url: string,
    private readonly chains: readonly DevnetChain[],
    private readonly accounts: readonly Address[],
    private readonly replaced: ReplacedBlocks,
  ) {}

  /** @param givenAt when the answer came, milliseconds by the wall clock. */
  async judge(figure: FigureBody, givenAt: number): Promise<Verdict> {
    const verdicts = await Promise.all(
      this.chains
        .filter(({ name }) => figure.asOf.chains[name] !== undefined)
        .map((chain) => this.judgeChain(chain, figure, givenAt)),
    )
    return {
      checks: verdicts.reduce((sum, { checks }) => sum + checks, 0),
      wrong: verdicts.flatMap(({ wrong }) => wrong),
      exact: verdicts.flatMap(({ exact }) => exact),
    }
  }

  private async judgeChain(chain: DevnetChain, headline: FigureBody, givenAt: number): Promise<Verdict> {
    const { name } = chain
    const block = headline.asOf.chains[name]!
    // What accrues is a view function's figure at the second of its block only.
    const isOnItsSecond = block.timestamp === headline.asOf.cut
    const figure = isOnItsSecond ? headline : await askFigure(this.url, this.accounts, `${name}:${block.blockNumber}`)
    const at = isOnItsSecond ? givenAt : Date.now()
    const own = figure?.asOf.chains[name]
    if (figure == null || own === undefined) return nothing
    const truth = await this.truthAt(chain, own)
    if (truth === null) return this.judgeUnknown(name, own, at)
    const compared = truth.accounts.map((account) =>
      compareAccount(truth, account, chain.contracts as SimulatedContracts, figure),
    )
    const wrong = compared.flatMap(({ drifts }) => drifts).filter((drift) => !isExplained(drift, figure))
    const isWhole = compared.every(({ drifts }) => drifts.length === 0)
    return {
      checks: compared.reduce((sum, { checks }) => sum + checks, 0),
      wrong,
      exact: isWhole ? [name] : [],
    }
  }

  /** An answer about a block that no healthy node knows. */
  private judgeUnknown(chain: string, block: FigureBody['asOf']['chains'][string], givenAt: number): Verdict {
    const replacedAt = this.replaced.when(block.blockHash)
    if (replacedAt !== null && givenAt - replacedAt <= noticeMilliseconds) return nothing
    const expected =
      replacedAt === null ? 'a block of the chain' : `none ${(givenAt - replacedAt) / 1000} s after it was replaced`
    const drift: Drift = {
      ...{ chain, block: BigInt(block.blockNumber), account: null },
      ...{ figure: 'block hash of the answer', expected, actual: block.blockHash },
    }
    return { checks: 1, wrong: [drift], exact: [] }
  }

  /** `null` when the healthy node has no such block. */
  private truthAt(chain: DevnetChain, block: FigureBody['asOf']['chains'][string]): Promise<ChainTruth | null> {
    const { blockHash } = block
    const known = this.truths.get(blockHash)
    if (known !== undefined && this.replaced.when(blockHash) === null) return known
    const asked = this.readTruthAt(chain, block)
    this.truths.set(blockHash, asked)
    if (this.truths.size > remembered) this.truths.delete(this.truths.keys().next().value!)
    return asked
  }

  private async readTruthAt(
    chain: DevnetChain,
    { blockNumber, blockHash, timestamp }: FigureBody['asOf']['chains'][string],
  ): Promise<ChainTruth | null> {
    if (!(await isOnChain(chain, BigInt(blockNumber), blockHash))) return null
    const block = { number: BigInt(blockNumber), hash: blockHash, timestamp: Date.parse(timestamp) / 1000 }
    try {
      return await readTruth(chain, chain.contracts as SimulatedContracts, this.accounts, block)
    } catch (error) {
      // It may just have been taken off the chain.
      if (await isOnChain(chain, BigInt(blockNumber), blockHash)) throw error
      return null
    }
  }
}

const nothing: Verdict = { checks: 0, wrong: [], exact: [] }

async function isOnChain({ client }: DevnetChain, blockNumber: bigint, hash: Hash): Promise<boolean> {
  const block = await client.getBlock({ blockNumber }).catch((error: Error) => {
    if (error.name === 'BlockNotFoundError') return null
    throw error
  })
  return block?.hash === hash
}

/** Left out with a reason, or marked as not to be believed. */
function isExplained(drift: Drift, { missing }: FigureBody): boolean {
  const reasons = missing.filter(({ chain }) => chain === drift.chain)
  if (drift.actual === 'null' || drift.actual === 'undefined') return reasons.length > 0
  return reasons.some(({ reasonCode }) => reasonCode === 'QUARANTINED')
}
