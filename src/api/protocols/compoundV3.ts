import type { ChainFacts, PositionFact } from '../facts'
import { cometIndexes, presentValueDown } from './cometAccrual'
import { type CometMarket, cometMarkets, hasFlag, cometProtocol as protocol } from './cometFacts'
import { cometHealth } from './cometHealth'
import { hasBit } from './hasBit'
import type { Claim, LendingTerms, Missing, RawPrice, Reading, ReadProtocol, UnitReading } from './reading'

/**
 * Compound v3: one lending unit per Comet in which the account has anything. Amounts equal `balanceOf`, `borrowBalanceOf` and `userCollateral`; the
 * unit's integers are in the base token, whatever its feeds count in.
 */
export const readCompoundV3: ReadProtocol = ({ chain, facts, account, time }) => {
  const markets = cometMarkets(facts)
  const held = facts.positions.filter(
    (row) => row.protocol === protocol && row.account === account && BigInt(row.raw) > 0n,
  )
  const comets = [...new Set(held.map(({ market }) => market.split(':')[0]!))].sort()
  const readings = comets.map((comet): Reading => {
    const base = markets.get(comet)
    if (base?.market.token == null) return nothing(gap(chain, comet, 'the Comet of a position is not indexed'))
    if (hasFlag(base.parameters, 'refused')) return nothing(gap(chain, comet, 'the Comet no longer answers'))
    const own = held.filter(({ market }) => market.split(':')[0] === comet)
    return readUnit({ chain, facts, account, time, comet, base, markets, held: own })
  })
  return {
    claims: readings.flatMap(({ claims }) => claims),
    units: readings.flatMap(({ units }) => units),
    missing: readings.flatMap(({ missing }) => missing),
  }
}

interface UnitQuestion {
  readonly chain: string
  readonly facts: ChainFacts
  readonly account: string
  readonly time: bigint
  readonly comet: string
  readonly base: CometMarket
  readonly markets: ReadonlyMap<string, CometMarket>
  readonly held: readonly PositionFact[]
}

function readUnit({ chain, facts, account, time, comet, base, markets, held }: UnitQuestion): Reading {
  const { supplyIndex, borrowIndex } = cometIndexes(base.state, time)
  const label = base.market.label ?? comet
  const id = `${chain}/${protocol}/${comet}/${account}`
  const path = [chain, `${protocol}:${label}`]
  const baseToken = facts.tokens.find(({ address }) => address === base.market.token)
  const missing: Missing[] = []
  const pledges: Parameters<typeof cometHealth>[0]['pledges'][number][] = []
  const { collateralBitmap } = facts.lendingAccounts.find(
    (row) => row.protocol === protocol && row.unit === comet && row.account === account,
  ) ?? { collateralBitmap: '0' }
  let debt = 0n
  const claims = held.flatMap((position): Claim[] => {
    const found = markets.get(position.market)
    const token = facts.tokens.find(({ address }) => address === found?.market.token)
    if (found === undefined || token === undefined) {
      missing.push(gap(chain, position.market, 'the market of a position is not indexed'))
      return []
    }
    const side = position.side as Claim['side']
    const shares = BigInt(position.raw)
    const amount =
      side === 'collateral' ? shares : presentValueDown(shares, side === 'supply' ? supplyIndex : borrowIndex)
    const { decimals } = token
    if (side === 'borrow') debt = amount
    // The contract looks at nothing whose bit is not set: `absorb` clears them all, also of what it leaves because its liquidation factor is zero.
    const enabled = side === 'collateral' && hasBit(collateralBitmap, found.market.marketIndex)
    if (enabled) {
      const liquidateCollateralFactor = BigInt(found.parameters.liquidationThreshold)
      pledges.push({ amount, decimals, price: found.price, liquidateCollateralFactor })
    }
    return [
      {
        chain,
        protocol,
        market: position.market,
        account,
        side,
        token: token.address,
        decimals,
        shares,
        amount,
        path: [...path, token.symbol],
        curator: null,
        unit: id,
        terms: {
          ...termsOf(enabled, found),
          oraclePrice: side === 'collateral' ? inBase(found.price, base.price) : ofBase,
          oracle: found.market.oracle,
          // Collateral is not lent on; what is supplied can leave as far as the contract holds base tokens.
          freeLiquidity: side === 'collateral' ? amount : BigInt(base.state.liquidity),
          withdrawalsPaused: hasFlag(base.parameters, 'withdrawPaused'),
        },
      },
    ]
  })
  if (baseToken === undefined) missing.push(gap(chain, comet, 'the decimals of its base token are not indexed'))
  const unit: UnitReading = {
    id,
    chain,
    protocol,
    unit: comet,
    account,
    rule: 'comet',
    liquidation: {},
    label,
    path,
    baseToken: base.market.token,
    baseDecimals: baseToken?.decimals ?? 0,
    // What could not be read would make the unit look healthier or poorer than it is: its integers are then unknown.
    ...(missing.length > 0
      ? { collateralBaseRaw: null, debtBaseRaw: null, healthFactorRaw: null }
      : cometHealth({ pledges, debt, baseDecimals: baseToken!.decimals, basePrice: base.price })),
  }
  return { claims, units: [unit], missing }
}

/** What is supplied backs nothing: nobody owes and supplies in one Comet. */
function termsOf(
  enabled: boolean,
  { parameters }: CometMarket,
): Pick<LendingTerms, 'enabled' | 'ratioDecimals' | 'maxLtv' | 'liquidationThreshold' | 'liquidationIncentive'> {
  return {
    enabled,
    ratioDecimals: 18,
    maxLtv: enabled ? BigInt(parameters.maxLtv) : 0n,
    liquidationThreshold: enabled ? BigInt(parameters.liquidationThreshold) : 0n,
    liquidationIncentive: enabled ? BigInt(parameters.liquidationIncentive) : null,
  }
}

const ofBase: RawPrice = { answer: 1n, decimals: 0 }

/** Whole base tokens per whole collateral token. Feeds of one Comet count in one currency, dollars or not, which cancels. */
function inBase(price: bigint | null, basePrice: bigint | null): RawPrice | null {
  if (price === null || basePrice === null) return null
  const decimals = 18
  return { answer: (price * 10n ** BigInt(decimals)) / basePrice, decimals }
}

function gap(chain: string, id: string, detail: string): Missing {
  return { scope: 'market', chain, id, reasonCode: 'READ_FAILED', detail }
}

function nothing(missing: Missing): Reading {
  return { claims: [], units: [], missing: [missing] }
}
