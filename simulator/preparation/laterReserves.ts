import type { Address } from 'viem'
import type { ReserveParameters } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import { deployContract } from '../../devnet/chain/deployContract'
import type { Call, LocalChain } from '../../devnet/chain/types'
import type { DevnetArtifacts } from '../../devnet/compile/loadArtifacts'
import { deployFeed } from '../../devnet/deploy/deployFeed'
import { listReserves } from '../../devnet/deploy/listReserves'
import type { AaveMarket, AaveVersion } from '../../devnet/deploy/types'
import type { SimulatedContracts } from '../types'
import type { LaterReserve, ReserveRole } from './types'

interface LaterReservePlan {
  readonly role: ReserveRole
  readonly symbol: string
  readonly decimals: Readonly<Record<AaveVersion, number>>
  /** US dollars with 8 decimals for one whole token. */
  readonly price: bigint
  readonly parameters: Partial<ReserveParameters>
}

const usual: ReserveParameters = {
  ltv: 6000n,
  liquidationThreshold: 6800n,
  liquidationBonus: 10700n,
  liquidationProtocolFee: 1000n,
  reserveFactor: 1500n,
  supplyCap: 0n,
  borrowCap: 0n,
  rates: { optimalUsage: 8000, base: 50, slope1: 500, slope2: 9000 },
}

/** Version 3.6 lists nothing below six decimals. */
const plans: readonly LaterReservePlan[] = [
  {
    role: 'isolated',
    symbol: 'ISO',
    decimals: { '3.0': 18, '3.6': 18 },
    price: 25_00000000n,
    parameters: { debtCeiling: 500_000_000n },
  },
  {
    role: 'siloed',
    symbol: 'SILO',
    decimals: { '3.0': 6, '3.6': 6 },
    price: 1_02000000n,
    parameters: { siloed: true },
  },
  { role: 'few decimals', symbol: 'FEW', decimals: { '3.0': 2, '3.6': 7 }, price: 7_12345678n, parameters: {} },
  { role: 'huge', symbol: 'HUGE', decimals: { '3.0': 30, '3.6': 28 }, price: 301_234n, parameters: {} },
  {
    role: 'passing',
    symbol: 'PASS',
    decimals: { '3.0': 18, '3.6': 18 },
    price: 3_00000000n,
    parameters: { borrowing: false },
  },
]

const listedBeforeTheWalk: readonly ReserveRole[] = ['isolated', 'siloed', 'huge']

/** Deploys the tokens and feeds of reserves to come, tells the oracle of them, and lists those the walk begins with; three blocks. */
export async function prepareLaterReserves(
  chain: LocalChain,
  artifacts: DevnetArtifacts,
  owner: Address,
  { aave, feedPayment }: SimulatedContracts,
): Promise<LaterReserve[]> {
  const later: LaterReserve[] = []
  for (const { role, symbol, decimals, price, parameters } of plans) {
    const digits = decimals[aave.version]
    const token = await deployContract(chain, owner, artifacts.own.TestToken, [symbol, symbol, digits])
    const feed = await deployFeed(chain, artifacts.chainlink, owner, feedPayment, `${symbol} / USD`, price)
    await chain.send(contractCall(owner, aave.oracle, 'setAssetSources', [[token.address], [feed.proxy.address]]))
    const listing: Call[] = []
    await listReserves(keepingCalls(chain, listing), artifacts.aaveV30, owner, aave, [
      { symbol, decimals: digits, underlying: token, parameters: { ...usual, ...parameters } },
    ])
    later.push({ role, symbol, token, feed, listing })
  }
  await chain.mine()
  for (const { listing } of later.filter(({ role }) => listedBeforeTheWalk.includes(role))) {
    for (const call of listing) await chain.send(call)
  }
  await chain.mine()
  await lendSiloed(chain, owner, aave, later.find(({ role }) => role === 'siloed')!)
  return later
}

/** So that there is something to borrow. */
async function lendSiloed(chain: LocalChain, owner: Address, { pool }: AaveMarket, { token }: LaterReserve) {
  const amount = 500_000n * 10n ** 6n
  await chain.send(contractCall(owner, token, 'mint', [owner, amount]))
  await chain.send(contractCall(owner, token, 'approve', [pool.address, amount]))
  await chain.send(contractCall(owner, pool, 'supply', [token.address, amount, owner, 0]))
  await chain.mine()
}

/** A chain that deploys for real and keeps calls for later. */
function keepingCalls(chain: LocalChain, kept: Call[]): LocalChain {
  return {
    ...chain,
    send: async (call) => {
      if (call.to === undefined) return chain.send(call)
      kept.push(call)
      return '0x'
    },
  }
}
