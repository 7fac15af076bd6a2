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
/** An answer about everybody costs little more than one about one account: each is asked about alone, with its facts, at one block in so many. */
const aloneEvery = 60n

/** Waits until the newest block is indexed, then compares every account and every reserve at `truth`'s block. */
export async function checkBlock(
  url: string,
  truth: ChainTruth,
  newest: Pick<ChainTruth, 'blockNumber' | 'blockHash'>,
  contracts: SimulatedContracts,
): Promise<CheckResult> {
  await awaitIndexed(url, truth.chain, { number: newest.blockNumber, hash: newest.blockHash })
  const at = `at=${truth.chain}:${truth.blockNumber}`
  const isAskedAlone = (_: unknown, index: number) => (BigInt(index) + truth.blockNumber) % aloneEvery === 0n
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
    queue.add(async () => {
      const addresses = truth.accounts.map(({ account }) => account)
      // What collateral there is does not depend on the model, and this one has no scenarios to work out.
      const question = { addresses, model: 'cross', finality: 'latest', at: `${truth.chain}:${truth.blockNumber}` }
      const body = await fetchJson<CollateralBody>(url, '/v1/margin', question)
      for (const account of truth.accounts) {
        note(account.account, { ...compareAccount(truth, account, contracts, body), asOf: body.asOf })
      }
    }),
    ...truth.accounts.filter(isAskedAlone).map((account) =>
      queue.add(async () => {
        const path = `/v1/accounts/${account.account}/collateral?finality=latest&include=facts&${at}`
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
