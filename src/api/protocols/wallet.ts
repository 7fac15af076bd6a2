import type { ReadProtocol } from './reading'

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
  return {
    claims: known.map(({ market, raw }) => {
      const token = tokens.get(market)!
      return {
        chain,
        protocol,
        market,
        account,
        side: 'supply',
        token: market,
        decimals: token.decimals,
        shares: BigInt(raw),
        amount: BigInt(raw),
        path: [chain, protocol, token.symbol],
        curator: null,
        unit: null,
        terms: null,
      }
    }),
    units: [],
    missing: held
      .filter(({ market }) => !tokens.has(market))
      .map(({ market }) => ({
        scope: 'token',
        chain,
        id: market,
        reasonCode: 'TOKEN_UNKNOWN',
        detail: 'its decimals are not indexed',
      })),
  }
}
