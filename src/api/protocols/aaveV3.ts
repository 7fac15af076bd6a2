import { mulRayDown, mulRayHalfUp, mulRayUp } from '../../math/ray'
import type { ChainFacts, LendingAccountFact, MarketFact, MarketParametersFact, MarketStateFact } from '../facts'
import { type AccountDataInput, accountData } from './aaveAccountData'
import { normalizedDebt, normalizedIncome, type PoolRules, poolRules } from './aaveIndexes'
import { compoundInterestBinomial } from './aaveInterest'
import { hasBit } from './hasBit'
import type { Claim, LendingTerms, Missing, RawPrice, Reading, ReadProtocol, UnitReading } from './reading'

const protocol = 'aave-v3'

/** Aave v3: one lending unit per pool in which the account has anything. Amounts and integers equal the pool's own view functions. */
export const readAaveV3: ReadProtocol = ({ chain, facts, account, time }) => {
  const index = indexFacts(facts)
  const held = facts.positions.filter((row) => row.protocol === protocol && row.account === account)
  const pools = new Set(held.map(({ market }) => market.slice(0, market.indexOf(':'))))
  const readings = [...pools].sort().map((pool) => readUnit({ chain, index, account, time, pool, facts }))
  return {
    claims: readings.flatMap(({ claims }) => claims),
    units: readings.flatMap(({ units }) => units),
    missing: readings.flatMap(({ missing }) => missing),
  }
}

interface Index {
  readonly markets: ReadonlyMap<string, MarketFact>
  readonly states: ReadonlyMap<string, MarketStateFact>
  readonly parameters: ReadonlyMap<string, MarketParametersFact>
  readonly prices: ReadonlyMap<string, RawPrice>
}

function indexFacts(facts: ChainFacts): Index {
  const decimals = new Map(facts.feeds.map((row) => [row.feed, row.decimals]))
  const own = <T extends { readonly protocol: string; readonly market: string }>(rows: readonly T[]) =>
    new Map(rows.filter((row) => row.protocol === protocol).map((row) => [row.market, row]))
  return {
    markets: own(facts.markets),
    states: own(facts.marketStates),
    parameters: own(facts.marketParameters),
    prices: new Map(
      facts.prices
        .filter(({ feed, answer }) => BigInt(answer) > 0n && decimals.has(feed))
        .map(({ feed, answer }) => [feed, { answer: BigInt(answer), decimals: decimals.get(feed)! }]),
    ),
  }
}

interface UnitQuestion {
  readonly chain: string
  readonly facts: ChainFacts
  readonly index: Index
  readonly account: string
  readonly time: bigint
  readonly pool: string
}

function readUnit({ chain, facts, index, account, time, pool }: UnitQuestion): Reading {
  const poolMarket = index.markets.get(pool)
  const label = poolMarket?.label ?? pool
  const unitId = `${chain}/${protocol}/${pool}/${account}`
  const own: LendingAccountFact = facts.lendingAccounts.find(
    (row) => row.protocol === protocol && row.unit === pool && row.account === account,
  ) ?? { blockNumber: '0', protocol, unit: pool, account, collateralBitmap: '0', emode: 0 }
  const rules = poolRules(poolMarket?.revision)
  const category = index.parameters.get(`${pool}:emode:${own.emode}`) ?? null
  const baseDecimals = String(poolMarket?.baseUnit ?? '100000000').length - 1
  const missing: Missing[] = []
  const claims: Claim[] = []
  const legs: AccountDataInput['legs'][number][] = []

  for (const position of facts.positions) {
    if (position.protocol !== protocol || position.account !== account) continue
    if (!position.market.startsWith(`${pool}:`)) continue
    const market = index.markets.get(position.market)
    const state = index.states.get(position.market)
    const parameters = index.parameters.get(position.market)
    if (market?.token == null || state === undefined || parameters === undefined) {
      missing.push({
        scope: 'market',
        chain,
        id: position.market,
        reasonCode: 'READ_FAILED',
        detail: 'the market of a position is not indexed',
      })
      continue
    }
    const decimals = parameters.decimals ?? tokenDecimals(facts, market.token)
    if (decimals === null) {
      missing.push({
        scope: 'token',
        chain,
        id: market.token,
        reasonCode: 'TOKEN_UNKNOWN',
        detail: 'its decimals are not indexed',
      })
      continue
    }
    const side = position.side === 'supply' ? 'supply' : 'borrow'
    const raw = BigInt(position.raw)
    const amount = amountOf(position, { raw, market, state, time, rules })
    const treatment = treatmentOf(own.emode, market, parameters, category, index)
    const isEnabled = side === 'supply' && hasBit(own.collateralBitmap, market.marketIndex)
    const terms: LendingTerms = {
      enabled: isEnabled,
      ratioDecimals: 4,
      ...treatment,
      // The pool counts answers in its base currency, whatever decimals the source itself declares.
      oraclePrice: treatment.oraclePrice && { answer: treatment.oraclePrice.answer, decimals: baseDecimals },
      oracle: market.oracle,
      freeLiquidity: BigInt(state.liquidity),
      withdrawalsPaused: parameters.flags.split(',').includes('paused'),
    }
    claims.push({
      chain,
      protocol,
      market: position.market,
      account,
      side: isEnabled ? 'collateral' : side,
      token: market.token,
      decimals,
      shares: raw,
      amount,
      path: [chain, `${protocol}:${label}`, tokenSymbol(facts, market.token)],
      curator: null,
      unit: unitId,
      terms,
    })
    legs.push({ market: position.market, side, isEnabled, amount, decimals, ...treatment })
  }

  const unit: UnitReading = {
    id: unitId,
    chain,
    protocol,
    unit: pool,
    account,
    rule: 'aave',
    liquidation: { aave: { version: rules.liquidation } },
    label,
    path: [chain, `${protocol}:${label}`],
    baseToken: null,
    baseDecimals,
    // A position that could not be read would make the unit look healthier or poorer than it is: its integers are then unknown.
    ...(missing.length > 0
      ? { collateralBaseRaw: null, debtBaseRaw: null, healthFactorRaw: null }
      : accountData({ legs, isDirected: rules.isDirected })),
  }
  return { claims, units: [unit], missing }
}

/** Balance at `time` of what is stored scaled, as the aToken or debt token would return it. */
function amountOf(
  position: { readonly side: string; readonly rate: string | null; readonly accruedAt: string | null },
  context: {
    readonly raw: bigint
    readonly market: MarketFact
    readonly state: MarketStateFact
    readonly time: bigint
    readonly rules: PoolRules
  },
): bigint {
  const { raw, market, state, time, rules } = context
  if (position.side === 'supply') {
    const income = normalizedIncome(state, time)
    return market.receiptRounding === 'directed' ? mulRayDown(raw, income) : mulRayHalfUp(raw, income)
  }
  if (position.side === 'borrowStable') {
    const since = time - BigInt(position.accruedAt ?? state.accruedAt)
    return mulRayHalfUp(raw, compoundInterestBinomial(BigInt(position.rate ?? '0'), since))
  }
  const debt = normalizedDebt(state, time, rules)
  return market.debtRounding === 'directed' ? mulRayUp(raw, debt) : mulRayHalfUp(raw, debt)
}

/**
 * The ratios and the price a position is held at. From 3.2 on an e-mode category lists its reserves in bitmaps; before, a reserve
 * names its one category, which may bring a price of its own.
 */
function treatmentOf(
  emode: number,
  market: MarketFact,
  parameters: MarketParametersFact,
  category: MarketParametersFact | null,
  index: Index,
): Pick<LendingTerms, 'maxLtv' | 'liquidationThreshold' | 'liquidationIncentive' | 'oraclePrice'> & {
  readonly ownLiquidationThreshold: bigint
} {
  const own = market.oracle === null ? null : (index.prices.get(market.oracle) ?? null)
  const base = {
    maxLtv: BigInt(parameters.maxLtv),
    liquidationThreshold: BigInt(parameters.liquidationThreshold),
    ownLiquidationThreshold: BigInt(parameters.liquidationThreshold),
    liquidationIncentive: BigInt(parameters.liquidationIncentive),
    oraclePrice: own,
  }
  if (emode === 0 || category === null) return base
  const isNamed = parameters.emode === emode
  if (!isNamed && !hasBit(category.collateralBitmap ?? '0', market.marketIndex)) return base
  const isLtvZero = isNamed ? base.maxLtv === 0n : hasBit(category.ltvZeroBitmap ?? '0', market.marketIndex)
  return {
    ...base,
    maxLtv: isLtvZero ? 0n : BigInt(category.maxLtv),
    liquidationThreshold: BigInt(category.liquidationThreshold),
    liquidationIncentive: BigInt(category.liquidationIncentive),
    oraclePrice: category.priceSource === null ? own : (index.prices.get(category.priceSource) ?? null),
  }
}

function tokenDecimals(facts: ChainFacts, address: string): number | null {
  return facts.tokens.find((row) => row.address === address)?.decimals ?? null
}

function tokenSymbol(facts: ChainFacts, address: string): string {
  return facts.tokens.find((row) => row.address === address)?.symbol ?? address
}
