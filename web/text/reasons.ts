/** Reason codes in words. Each says what is missing and what that does to the figure. */
const reasons: Readonly<Record<string, string>> = {
  CHAIN_STALE: 'This chain has not produced a new block within its limit, so it is left out of the figure.',
  CHAIN_UNREACHABLE: 'No node vouches for what is known of this chain, so it is left out of the figure.',
  CHAIN_REORG: 'A node of this chain contradicts what was read from it, so it is left out of the figure.',
  PRICE_STALE: 'The price is older than its feed allows.',
  PRICE_ABSURD: 'The price is outside its plausible range.',
  PRICE_MISSING: 'There is no price for this.',
  VAULT_REVERTED: 'The vault refused to say what its shares are worth.',
  READ_FAILED: 'A value could not be read from the chain.',
  QUARANTINED: 'Our index of this protocol disagrees with the chain; it counts zero until it agrees again.',
  TOKEN_UNKNOWN: 'This token is not in the list of known assets.',
  DEPTH_EXCEEDED: 'Wrapped too many times to look through.',
  REDEMPTION_QUEUED: 'The vault pays only what was requested before: this has a value, and cannot be taken at once.',
  NOT_HYDRATED: 'This account has not been read from the chain yet.',
}

export function explainReason(code: string): string {
  return reasons[code] ?? `The service gives the reason ${code}.`
}
