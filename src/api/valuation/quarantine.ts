import { behindShares, shareProtocols } from '../../protocols/names'
import type { ChainFacts, QuarantineFact } from '../facts'
import type { Claim, Missing, Reading } from '../protocols/reading'

/** Whatever rests on rows that disagree with the chain keeps its last known value and gives no credit. Everybody on the chain is told: a row of theirs may be the one that is missing. */
export function withQuarantines(chain: string, { quarantines = [] }: ChainFacts, reading: Reading): Reading {
  if (quarantines.length === 0) return reading
  const refused = new Set(quarantines.map(({ protocol }) => protocol))
  const areSharesRefused = areSharesQuarantined({ quarantines })
  if (areSharesRefused) for (const share of shareProtocols) refused.add(share)
  const isRefused = ({ protocol, leaf }: Claim) => refused.has(protocol) || (areSharesRefused && leaf !== undefined)
  return {
    claims: reading.claims.map((claim) => (isRefused(claim) ? { ...claim, refused: 'QUARANTINED' as const } : claim)),
    units: reading.units,
    missing: [...reading.missing, ...quarantines.map((row) => missingOf(chain, row))],
  }
}

function missingOf(chain: string, { protocol, detail }: QuarantineFact): Missing {
  return { scope: 'protocol', chain, id: protocol, reasonCode: 'QUARANTINED', detail }
}

/** Whether what shares of vaults are worth may not be believed: their own rows disagree, or those behind them. */
export function areSharesQuarantined({ quarantines = [] }: Pick<ChainFacts, 'quarantines'>): boolean {
  return quarantines.some(({ protocol }) => behindShares.has(protocol))
}

/** Whether the price sources of a chain may not be believed. */
export function isQuarantined({ quarantines = [] }: Pick<ChainFacts, 'quarantines'>, protocol: string): boolean {
  return quarantines.some((row) => row.protocol === protocol)
}
