import { type Address, maxUint256 } from 'viem'
import { type AssetSymbol, assetSymbols, assets } from '../devnet/assets'
import { contractCall } from '../devnet/chain/contractCall'
import { deployContract } from '../devnet/chain/deployContract'
import type { LocalChain } from '../devnet/chain/types'
import { compileChainlink } from '../devnet/compile/chainlink'
import { compileOwnContracts } from '../devnet/compile/ownContracts'
import { deployFeed } from '../devnet/deploy/deployFeed'
import type { ByAsset, Feed } from '../devnet/deploy/types'
import type { Random } from '../devnet/random'
import { delegateOf } from './actions/delegateOf'
import { umbrellaId } from './actions/liquidationActions'
import type { SimulatedContracts } from './types'

/** What the walk needs on a chain beside the market itself. */
export interface Preparation {
  /** Holds every role of the market and is every feed's oracle. */
  readonly owner: Address
  readonly flashBorrower: Address
  /** A second price source for each asset, for changes of the oracle's source. */
  readonly alternativeFeeds: ByAsset<Feed>
  /** Accounts to look at that never act by themselves. */
  readonly watched: readonly Address[]
}

const dollarsPerActor = 3_000_000
const flashDollars = 500_000

const variableRate = 2n
const deficitPayer: Address = '0x00000000000000000000000000000000def1c170'
const deficitPayerDollars = 5_000_000

/** Funds and approves every actor, delegates credit in a ring, lets most of them supply and borrow, and deploys what some actions need. */
export async function prepare(
  chain: LocalChain,
  contracts: SimulatedContracts,
  owner: Address,
  actors: readonly Address[],
  random: Random,
): Promise<Preparation> {
  const [own, chainlink] = await Promise.all([compileOwnContracts(), compileChainlink()])
  const { aave, tokens, vaults } = contracts
  const flashBorrower = await deployContract(chain, owner, own.FlashBorrower)
  const payment = await deployContract(chain, owner, own.TestToken, ['Feed payment', 'PAY', 18])
  const alternativeFeeds = {} as Record<AssetSymbol, Feed>
  for (const symbol of assetSymbols) {
    const price = (assets[symbol].initialPrice * 101n) / 100n
    alternativeFeeds[symbol] = await deployFeed(
      chain,
      chainlink,
      owner,
      payment,
      `${symbol} / USD second source`,
      price,
    )
    await chain.send(
      contractCall(owner, tokens[symbol], 'mint', [flashBorrower.address, unitsFor(symbol, flashDollars)]),
    )
  }
  if (aave.version === '3.6') {
    await chain.send(contractCall(owner, aave.addressesProvider, 'setAddress', [umbrellaId, deficitPayer]))
  }
  await chain.mine()

  for (const actor of actors) {
    for (const symbol of assetSymbols) {
      await chain.send(contractCall(actor, tokens[symbol], 'mint', [actor, unitsFor(symbol, dollarsPerActor)]))
      await chain.send(contractCall(actor, tokens[symbol], 'approve', [aave.pool.address, maxUint256]))
      const { variableDebtToken } = aave.reserves[symbol]
      await chain.send(
        contractCall(actor, variableDebtToken, 'approveDelegation', [delegateOf(actors, actor), maxUint256]),
      )
    }
    for (const vault of Object.values(vaults)) {
      await chain.send(contractCall(actor, tokens[vault.asset], 'approve', [vault.address, maxUint256]))
    }
    await chain.mine()
  }
  await openPositions(chain, contracts, actors, random)
  await fundDeficitPayer(chain, contracts)
  const watched = [
    deficitPayer,
    flashBorrower.address,
    aave.treasury.address,
    ...Object.values(vaults).map(({ address }) => address),
  ]
  return { owner, flashBorrower: flashBorrower.address, alternativeFeeds, watched }
}

/** Everybody supplies something; most then borrow another asset, so that the walk begins among debts. */
async function openPositions(
  chain: LocalChain,
  { aave }: SimulatedContracts,
  actors: readonly Address[],
  random: Random,
): Promise<void> {
  const supplied = new Map<Address, { symbol: AssetSymbol; dollars: number }>()
  for (const actor of actors) {
    const choice = { symbol: random.pick(assetSymbols), dollars: Math.round(random.logBetween(5_000, 500_000)) }
    supplied.set(actor, choice)
    const token = aave.reserves[choice.symbol].underlying.address
    await chain.send(
      contractCall(actor, aave.pool, 'supply', [token, unitsFor(choice.symbol, choice.dollars), actor, 0]),
    )
  }
  await chain.mine()
  for (const [actor, { symbol, dollars }] of supplied) {
    if (random.next() < 0.25) continue
    const borrowed = random.pick(assetSymbols.filter((other) => other !== symbol))
    const amount = unitsFor(borrowed, Math.round(dollars * random.between(0.3, 0.7)))
    const token = aave.reserves[borrowed].underlying.address
    await chain.send(contractCall(actor, aave.pool, 'borrow', [token, amount, variableRate, 0, actor]))
  }
  await chain.mine({ allowReverts: true })
}

/** Deficits are covered by burning the payer's aTokens, so it holds some of every asset and never borrows. */
async function fundDeficitPayer(chain: LocalChain, { aave, tokens }: SimulatedContracts): Promise<void> {
  for (const symbol of assetSymbols) {
    const amount = unitsFor(symbol, deficitPayerDollars)
    await chain.send(contractCall(deficitPayer, tokens[symbol], 'mint', [deficitPayer, amount]))
    await chain.send(contractCall(deficitPayer, tokens[symbol], 'approve', [aave.pool.address, maxUint256]))
    await chain.send(contractCall(deficitPayer, aave.pool, 'supply', [tokens[symbol].address, amount, deficitPayer, 0]))
  }
  await chain.mine()
}

function unitsFor(symbol: AssetSymbol, dollars: number): bigint {
  const { decimals, initialPrice } = assets[symbol]
  return (BigInt(dollars) * 10n ** 8n * 10n ** BigInt(decimals)) / initialPrice
}
