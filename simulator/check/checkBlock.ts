import PQueue from 'p-queue'
import type { Address } from 'viem'
import { awaitIndexed } from '../product/awaitIndexed'
import type { ChainTruth } from '../truth/types'
import type { Drift, SimulatedContracts } from '../types'
import { compareAccount } from './compareAccount'
import { compareMarkets } from './compareMarkets'
import { fetchJson } from './fetchJson'
import type { CollateralBody, MarketsBody } from './wire'

export interface CheckResult {
  /** Figures compared. */
  readonly checks: number
  readonly drifts: readonly Drift[]
}

const requestsAtOnce = 4
/** Facts are many times as long as the figures: each account's are asked for at one block in so many. */
const factsEvery = 4n

/** Waits until the newest block is indexed, then compares every account and every reserve at `truth`'s block. */
export async function checkBlock(
  url: string,
  truth: ChainTruth,
  newest: Pick<ChainTruth, 'blockNumber' | 'blockHash'>,
  contracts: SimulatedContracts,
): Promise<CheckResult> {
  await awaitIndexed(url, truth.chain, { number: newest.blockNumber, hash: newest.blockHash })
  const at = `at=${truth.chain}:${truth.blockNumber}`
  const queue = new PQueue({ concurrency: requestsAtOnce })
  const drifts: Drift[] = []
  let checks = 0
  const note = (account: Address | null, compared: Comparison) => {
    checks += compared.checks
    drifts.push(...compared.drifts)
    const { blockHash } = compared.asOf.chains[truth.chain] ?? { blockHash: 'none' }
    if (blockHash === truth.blockHash) return
    drifts.push({
      chain: truth.chain,
      block: truth.blockNumber,
      account,
      figure: 'block hash of the answer',
      expected: truth.blockHash,
      actual: blockHash,
    })
  }
  await Promise.all([
    ...truth.accounts.map((account, index) =>
      queue.add(async () => {
        const include = (BigInt(index) + truth.blockNumber) % factsEvery === 0n ? '&include=facts' : ''
        const path = `/v1/accounts/${account.account}/collateral?finality=latest&${at}${include}`
        const body = await fetchJson<CollateralBody>(url, path)
        note(account.account, { ...compareAccount(truth, account, contracts, body), asOf: body.asOf })
      }),
    ),
    queue.add(async () => {
      const body = await fetchJson<MarketsBody>(url, `/v1/markets?finality=latest&chain=${truth.chain}&${at}`)
      note(null, { ...compareMarkets(truth, body), asOf: body.asOf })
    }),
  ])
  return { checks, drifts }
}

interface Comparison extends CheckResult {
  readonly asOf: CollateralBody['asOf']
}
