import type { Claim, Missing, ReadProtocol } from './reading'

/** Shares of vaults. What they are a claim on is found by looking through them. */
export const readErc4626: ReadProtocol = (question) => readShares('erc4626', question)

/**
 * Shares whose redemption is requested and not yet claimed (ERC-7540): they have left the account, which will be paid for them when the vault has
 * fulfilled the request.
 */
export const readErc7540: ReadProtocol = (question) => readShares('erc7540', question)

function readShares(protocol: 'erc4626' | 'erc7540', { chain, facts, account }: Parameters<ReadProtocol>[0]) {
  const held = facts.positions.filter((row) => row.protocol === protocol && row.account === account)
  const known = new Set(facts.vaults.map(({ vault }) => vault))
  const claims = held
    .filter(({ market }) => known.has(market))
    .map(
      ({ market: vault, raw }): Claim => ({
        chain,
        protocol,
        market: vault,
        account,
        side: 'supply',
        token: vault,
        decimals: facts.tokens.find((row) => row.address === vault)?.decimals ?? 0,
        shares: BigInt(raw),
        amount: BigInt(raw),
        path: [chain],
        curator: null,
        unit: null,
        terms: null,
      }),
    )
  const missing = held
    .filter(({ market }) => !known.has(market))
    .map(
      ({ market: id }): Missing => ({
        scope: 'vault',
        chain,
        id,
        reasonCode: 'READ_FAILED',
        detail: 'the vault is not indexed',
      }),
    )
  return { claims, units: [], missing }
}
