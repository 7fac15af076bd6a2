import PQueue from 'p-queue'
import type { Address } from 'viem'
import { awaitIndexed } from '../product/awaitIndexed'
import type { ChainTruth } from '../truth/types'
import type { Drift } from '../types'
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

/** Waits until the block is indexed, then compares every account and every reserve at it. */
export async function checkBlock(
  url: string,
  truth: ChainTruth,
  vaultAddresses: Readonly<Record<string, Address>>,
): Promise<CheckResult> {
  await awaitIndexed(url, truth.chain, { number: truth.blockNumber, hash: truth.blockHash })
  const at = `at=${truth.chain}:${truth.blockNumber}`
  const queue = new PQueue({ concurrency: requestsAtOnce })
  const drifts: Drift[] = []
  const note = (asOf: CollateralBody['asOf'], account: Address | null) => {
    const { blockHash } = asOf.chains[truth.chain] ?? { blockHash: 'none' }
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
    ...truth.accounts.map((account) =>
      queue.add(async () => {
        const path = `/v1/accounts/${account.account}/collateral?finality=latest&${at}`
        const body = await fetchJson<CollateralBody>(url, path)
        note(body.asOf, account.account)
        drifts.push(...compareAccount(truth, account, vaultAddresses, body))
      }),
    ),
    queue.add(async () => {
      const body = await fetchJson<MarketsBody>(url, `/v1/markets?finality=latest&chain=${truth.chain}&${at}`)
      note(body.asOf, null)
      drifts.push(...compareMarkets(truth, body))
    }),
  ])
  const perAccount = 3 + truth.reserves.length * 4 + Object.keys(vaultAddresses).length * 2
  return { checks: truth.accounts.length * perAccount + truth.reserves.length * 9, drifts }
}
