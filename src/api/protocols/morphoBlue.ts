import type { ChainFacts, MarketFact, MarketParametersFact, MarketStateFact } from '../facts'
import { accruedTotals, borrowAssets, type MorphoTotals, storedTotals, supplyAssets } from './morphoAccrual'
import { morphoHealth } from './morphoHealth'
import { morphoPrice } from './morphoPrice'
import type { Claim, LendingTerms, Missing, RawPrice, Reading, ReadProtocol, UnitReading } from './reading'

const protocol = 'morpho-blue'
const sides = ['collateral', 'supply', 'borrow'] as const
type Side = (typeof sides)[number]

/**
 * Morpho Blue: one lending unit per market in which the account has anything. Amounts equal the contract's own accrual; the unit's integers
 * are in the loan token, its base.
 */
export const readMorphoBlue: ReadProtocol = ({ chain, facts, account, time }) => {
  const held = facts.positions.filter((row) => row.protocol === protocol && row.account === account)
  const markets = [...new Set(held.map(({ market }) => market))].sort()
  const readings = markets.map((name): Reading => {
    const found = findMarket(facts, name)
    if (found === null) return nothing(gap(chain, 'market', name, 'the market of a position is not indexed'))
    const raw = (side: Side) => BigInt(held.find((row) => row.market === name && row.side === side)?.raw ?? '0')
    return readUnit({ chain, facts, account, time, ...found, raw })
  })
  return {
    claims: readings.flatMap(({ claims }) => claims),
    units: readings.flatMap(({ units }) => units),
    missing: readings.flatMap(({ missing }) => missing),
  }
}

interface Market {
  readonly market: MarketFact
  readonly state: MarketStateFact
  readonly parameters: MarketParametersFact
}

function findMarket(facts: ChainFacts, name: string): Market | null {
  const own = <T extends { readonly protocol: string; readonly market: string }>(rows: readonly T[]) =>
    rows.find((row) => row.protocol === protocol && row.market === name)
  const market = own(facts.markets)
  const state = own(facts.marketStates)
  const parameters = own(facts.marketParameters)
  return market?.token == null || state === undefined || parameters === undefined ? null : { market, state, parameters }
}

interface UnitQuestion extends Market {
  readonly chain: string
  readonly facts: ChainFacts
  readonly account: string
  readonly time: bigint
  readonly raw: (side: Side) => bigint
}

function readUnit(question: UnitQuestion): Reading {
  const { chain, facts, account, time, market, state, parameters, raw } = question
  const name = market.market
  const accrued = accruedTotals({ market, state, parameters }, time)
  const totals = accrued ?? storedTotals(state)
  const price = morphoPrice(facts, parameters)
  const tokenOf = (side: Side) => (side === 'collateral' ? market.collateralToken : market.token) ?? null
  const known = (address: string | null) => facts.tokens.find((row) => row.address === address)
  const loan = known(market.token)
  const label = labelOf(question)
  const id = `${chain}/${protocol}/${name}/${account}`
  const path = [chain, `${protocol}:${label}`]

  const heldSides = sides.filter((side) => raw(side) > 0n)
  const claims = heldSides.flatMap((side): Claim[] => {
    const token = known(tokenOf(side))
    if (token === undefined) return []
    const amount = amountOf(side, raw(side), totals)
    const ofLoan = { answer: 1n, decimals: 0 }
    return [
      {
        chain,
        protocol,
        market: name,
        account,
        side,
        token: token.address,
        decimals: token.decimals,
        shares: raw(side),
        amount,
        path: [...path, token.symbol],
        curator: null,
        unit: id,
        terms: {
          ...termsOf(side, parameters),
          oraclePrice: side === 'collateral' ? wholePrice(price, loan?.decimals, token.decimals) : ofLoan,
          oracle: market.oracle,
          // Collateral is not lent on; what is lent can leave as far as nobody has borrowed it.
          freeLiquidity: side === 'collateral' ? amount : totals.supplyAssets - totals.borrowAssets,
          withdrawalsPaused: false,
        },
      },
    ]
  })
  const missing = [
    ...(accrued === null ? [gap(chain, 'market', name, 'its interest rate cannot be read')] : []),
    ...heldSides.flatMap((side): Missing[] =>
      known(tokenOf(side)) === undefined ? [unknownToken(chain, tokenOf(side))] : [],
    ),
    ...(loan === undefined && !heldSides.some((side) => side !== 'collateral')
      ? [unknownToken(chain, market.token)]
      : []),
  ]
  const unit: UnitReading = {
    id,
    chain,
    protocol,
    unit: market.unit,
    account,
    rule: 'morpho',
    liquidation: {},
    label,
    path,
    baseToken: market.token,
    baseDecimals: loan?.decimals ?? 0,
    // What could not be read would make the unit look healthier or poorer than it is: its integers are then unknown.
    ...(missing.length > 0
      ? { collateralBaseRaw: null, debtBaseRaw: null, healthFactorRaw: null }
      : morphoHealth({
          collateral: raw('collateral'),
          debt: amountOf('borrow', raw('borrow'), totals),
          price,
          lltv: BigInt(parameters.liquidationThreshold),
        })),
  }
  return { claims, units: [unit], missing }
}

function amountOf(side: Side, raw: bigint, totals: MorphoTotals): bigint {
  switch (side) {
    case 'collateral':
      return raw
    case 'supply':
      return supplyAssets(raw, totals)
    case 'borrow':
      return borrowAssets(raw, totals)
  }
}

/** What is lent backs nothing; the incentive follows from the LLTV. */
function termsOf(
  side: Side,
  { maxLtv, liquidationThreshold }: MarketParametersFact,
): Pick<LendingTerms, 'enabled' | 'ratioDecimals' | 'maxLtv' | 'liquidationThreshold' | 'liquidationIncentive'> {
  const enabled = side === 'collateral'
  return {
    enabled,
    ratioDecimals: 18,
    maxLtv: enabled ? BigInt(maxLtv) : 0n,
    liquidationThreshold: enabled ? BigInt(liquidationThreshold) : 0n,
    liquidationIncentive: null,
  }
}

/** Whole loan tokens per whole collateral token. */
function wholePrice(price: bigint | null, loanDecimals: number | undefined, collateralDecimals: number) {
  if (price === null || loanDecimals === undefined) return null
  const decimals = 36 + loanDecimals - collateralDecimals
  const whole: RawPrice =
    decimals >= 0 ? { answer: price, decimals } : { answer: price * 10n ** BigInt(-decimals), decimals: 0 }
  return whole
}

/** `WETH/USDC 86 %` */
function labelOf({ facts, market, parameters }: Pick<UnitQuestion, 'facts' | 'market' | 'parameters'>): string {
  const symbol = (address: string | null | undefined) =>
    facts.tokens.find((row) => row.address === address)?.symbol ?? address ?? 'nothing'
  const percent = Number(BigInt(parameters.liquidationThreshold) / 10n ** 12n) / 10_000
  return `${symbol(market.collateralToken)}/${symbol(market.token)} ${percent} %`
}

function gap(chain: string, scope: 'market', id: string, detail: string): Missing {
  return { scope, chain, id, reasonCode: 'READ_FAILED', detail }
}

function unknownToken(chain: string, token: string | null): Missing {
  return {
    scope: 'token',
    chain,
    id: token ?? 'none',
    reasonCode: 'TOKEN_UNKNOWN',
    detail: 'its decimals are not indexed',
  }
}

function nothing(missing: Missing): Reading {
  return { claims: [], units: [], missing: [missing] }
}
