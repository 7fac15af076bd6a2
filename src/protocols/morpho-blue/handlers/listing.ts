/** Markets come into being. The event is rare, so its handler may ask the tokens what they are. */
import { type Address, type Hex, zeroAddress } from 'viem'
import { erc20Abi } from '../../../../abis/erc20'
import { morphoBlueAbi } from '../../../../abis/morpho-blue/morpho'
import { token } from '../../../../ponder.schema'
import { changeFeed, changeMarket, changeMarketParameters, changeMarketState } from '../../../positions/write'
import { writeToken } from '../../../positions/writeToken'
import { askMany } from '../../../runtime/askMany'
import type { Facts } from '../../../runtime/facts'
import { indexer } from '../../../runtime/indexer'
import { onEvent } from '../../../runtime/onEvent'
import { oracleFeed } from '../keys'
import { liquidationIncentive } from '../transitions'
import type { ResolvedDeployment } from '../types'
import { deploymentOf, isIndexed, keyOf, rateModelKind } from './deployments'
import { initialState } from './state'
import { watchMarket } from './watch'

export type MarketTerms = {
  readonly loanToken: Address
  readonly collateralToken: Address
  readonly oracle: Address
  readonly irm: Address
  readonly lltv: bigint
}

/** Writes the rows of a market that has just been created. */
export async function listMarket(facts: Facts, deployment: ResolvedDeployment, id: Hex, given: MarketTerms) {
  const terms = lowerCase(given)
  const key = keyOf(deployment, id)
  const oracle = orNull(terms.oracle)
  const rateModel = orNull(terms.irm)
  const kind = rateModelKind(deployment, rateModel)
  await describeTokens(facts, [terms.loanToken, terms.collateralToken])
  if (oracle !== null) await describeOracle(facts, oracle)
  const market = {
    kind: 'market',
    unit: key.market,
    token: terms.loanToken,
    collateralToken: orNull(terms.collateralToken),
    oracle,
    rateModel,
    rateModelKind: kind,
  }
  await changeMarket(facts, key, market, () => market)
  const parameters = {
    maxLtv: terms.lltv,
    liquidationThreshold: terms.lltv,
    liquidationIncentive: liquidationIncentive(terms.lltv),
    supplyCap: 0n,
    borrowCap: 0n,
    flags: 'active,borrowing',
    emode: 0,
    reserveFactor: 0n,
    priceSource: oracle === null ? null : oracleFeed(oracle),
  }
  await changeMarketParameters(facts, key, parameters, () => parameters)
  const state = initialState(facts.stamp.blockTimestamp)
  await changeMarketState(facts, key, state, () => state)
  await watchMarket(facts, oracle, kind === 'read' ? key.market : null)
}

/** Anything can be a market's token; one that does not say its decimals stays unknown. */
async function describeTokens(facts: Facts, addresses: readonly Address[]): Promise<void> {
  for (const address of addresses) {
    if (address === zeroAddress) continue
    if ((await facts.store.find(token, { chainId: facts.stamp.chainId, address })) !== null) continue
    const [decimals, symbol] = await askMany(facts.views, indexer.resolved.multicall3, [
      { address, abi: erc20Abi, functionName: 'decimals' },
      { address, abi: erc20Abi, functionName: 'symbol' },
    ])
    if (typeof decimals !== 'number') continue
    await writeToken(facts, address, { symbol: printable(symbol), decimals })
  }
}

async function describeOracle(facts: Facts, oracle: Address): Promise<void> {
  const values = { base: '', quote: '', decimals: 36, heartbeat: 0n }
  await changeFeed(facts, { feed: oracleFeed(oracle) }, values, () => values)
}

function printable(symbol: unknown): string {
  return typeof symbol === 'string' ? symbol.replace(/\p{C}/gu, '').slice(0, 64) : ''
}

function orNull(address: Address): Address | null {
  return address === zeroAddress ? null : address
}

function lowerCase(terms: MarketTerms): MarketTerms {
  const lower = (address: Address) => address.toLowerCase() as Address
  return {
    loanToken: lower(terms.loanToken),
    collateralToken: lower(terms.collateralToken),
    oracle: lower(terms.oracle),
    irm: lower(terms.irm),
    lltv: terms.lltv,
  }
}

export const listingHandlers = [
  onEvent('MorphoBlue', morphoBlueAbi, 'CreateMarket', async (facts, { args, address }) => {
    const deployment = deploymentOf(address)
    if (isIndexed(deployment, args.id)) await listMarket(facts, deployment, args.id, args.marketParams)
  }),
]
