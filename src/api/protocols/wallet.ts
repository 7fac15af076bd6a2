import { mulDivDown } from '../../math/wad'
import type { ChainFacts, PositionFact } from '../facts'
import type { Claim, Missing, ReadProtocol } from './reading'

const protocol = 'wallet'

/** Tokens held directly. A receipt of a position that is already counted (an aToken, a vault share) is not a second asset. */
export const readWallet: ReadProtocol = ({ chain, facts, account }) => {
  const receipts = new Set([
    ...facts.markets.flatMap(({ receipt, debtToken, stableDebtToken }) => [receipt, debtToken, stableDebtToken]),
    ...facts.vaults.map(({ vault }) => vault),
  ])
  const held = facts.positions.filter(
    (row) => row.protocol === protocol && row.account === account && !receipts.has(row.market),
  )
  const tokens = new Map(facts.tokens.map((row) => [row.address, row]))
  const known = held.filter(({ market }) => tokens.has(market))
  const amountOf = ({ market, raw }: PositionFact) => {
    const isShares = facts.markets.some(
      (row) => row.protocol === protocol && row.market === market && row.kind === 'rebasing',
    )
    return isShares ? pooledAmount(facts, market, BigInt(raw)) : BigInt(raw)
  }
  const unread = known.filter((row) => amountOf(row) === null)
  return {
    claims: known.flatMap((row): Claim[] => {
      const { market, raw } = row
      const token = tokens.get(market)!
      const amount = amountOf(row)
      if (amount === null) return []
      return [
        {
          chain,
          protocol,
          market,
          account,
          side: 'supply',
          token: market,
          decimals: token.decimals,
          shares: BigInt(raw),
          amount,
          path: [chain, protocol, token.symbol],
          curator: null,
          unit: null,
          terms: null,
        },
      ]
    }),
    units: [],
    missing: [
      ...held
        .filter(({ market }) => !tokens.has(market))
        .map(({ market: id }) => gap(chain, id, 'TOKEN_UNKNOWN', 'its decimals are not indexed')),
      ...unread.map(({ market: id }) => gap(chain, id, 'READ_FAILED', 'what its shares are shares of is not indexed')),
    ],
  }
}

/** Shares of a token that rebases, in the token, rounded down as its own balance is; `null` while its pool is not known. */
function pooledAmount(facts: ChainFacts, token: string, shares: bigint): bigint | null {
  const pool = facts.marketStates.find((row) => row.protocol === protocol && row.market === token)
  const totalShares = BigInt(pool?.totalSupply ?? '0')
  return pool === undefined || totalShares === 0n ? null : mulDivDown(shares, BigInt(pool.supplyIndex), totalShares)
}

function gap(chain: string, id: string, reasonCode: Missing['reasonCode'], detail: string): Missing {
  return { scope: 'token', chain, id, reasonCode, detail }
}
