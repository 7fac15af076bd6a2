import type { PublicClient } from 'viem'
import type { Database } from '../src/api/read/database'
import { askViews } from '../views/askViews'
import { BLOCKS, checkBlocks } from './checkBlocks'
import { readHoldings } from './holdings'
import { judge, mergeResults } from './judge'
import { auditors } from './protocols/registry'
import { type Rotation, turn } from './rotation'
import { type SampleQuestion, takeSample } from './takeSample'
import type { AuditedBlock, Results } from './types'

/** Without Multicall3 every view would be a call of its own. */
export class MulticallMissingError extends Error {
  override readonly name = 'MulticallMissingError'
  constructor(chain: string) {
    super(`the chain has no Multicall3, so its contracts are not asked; name one in /chains/${chain}/multicall3`)
  }
}

export interface Round {
  /** Where the rows are. */
  readonly schema: string
  readonly block: AuditedBlock
  readonly results: Results
  /** Where the next round goes on. */
  readonly next: Rotation
  /** Every account and every block has been looked at once more. */
  readonly isRotationComplete: boolean
  readonly calls: number
  /** Something differs because the chain may just be turning to another fork. */
  readonly mayBeTurning: boolean
}

/**
 * One round of one chain at its newest whole block: the next accounts and blocks in turn, those that drifted before, and every market.
 * @returns `null` while nothing of the chain is served.
 * @throws MulticallMissingError; a viem error when no node answers, or the block leaves the chain meanwhile.
 */
export async function auditRound(
  database: Database,
  client: PublicClient,
  question: SampleQuestion,
): Promise<Round | null> {
  const sample = await database.snapshot((snapshot) => takeSample(snapshot, question))
  if (sample === null) return null
  const { block, facts, accounts, rateModels } = sample
  if (sample.multicall3 === null) throw new MulticallMissingError(question.chain)
  const blocks = await checkBlocks(client, sample.blocks)
  // Where our newest block is not on the chain no contract can be asked at it.
  const isOnChain = !blocks.drifts.some(({ subject, figure }) => subject === block.number && figure === 'hash')
  const expectations = isOnChain
    ? auditors.flatMap((auditor) =>
        auditor({
          ...{ chain: question.chain, facts, accounts, rateModels, time: block.timestamp },
          holdings: readHoldings(facts),
        }),
      )
    : []
  const { answers, calls } = await askViews(
    client,
    sample.multicall3,
    expectations.map(({ view }) => view),
    block.hash,
  )
  const { next, isComplete } = turn(question.rotation, { account: sample.lastAccount, block: sample.blocks.last })
  return {
    schema: sample.schema,
    block,
    results: mergeResults([judge(expectations, answers), sample.rows, new Map([[BLOCKS, blocks]])]),
    next,
    isRotationComplete: isComplete,
    calls: calls + blocks.calls,
    mayBeTurning: blocks.mayBeTurning,
  }
}
