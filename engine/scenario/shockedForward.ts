/**
 * Forward when spot is multiplied by `multiplier`, USD. Within `freezeSeconds` of expiry settlement averaging has fixed part of
 * the price: only `secondsToExpiry ÷ freezeSeconds` of the forward still moves.
 */
export function shockedForward(
  forward: number,
  secondsToExpiry: number,
  multiplier: number,
  freezeSeconds: number,
): number {
  if (secondsToExpiry >= freezeSeconds) return forward * multiplier
  const variable = (forward * secondsToExpiry) / freezeSeconds
  return variable * multiplier + (forward - variable)
}
