import type { VaultFact } from './facts'
import { type HistoryReader, vault } from './history'

/** How deep vaults inside vaults are followed. */
const maxDepth = 8

/**
 * Those of the tokens that are vaults, and the vaults whose shares are their assets, level by level.
 * @param known vaults loaded already; they come back with the new ones, in the order of their addresses.
 */
export async function loadVaults(
  read: HistoryReader,
  tokens: readonly string[],
  known: readonly VaultFact[] = [],
): Promise<readonly VaultFact[]> {
  const vaults = new Map(known.map((row) => [row.vault, row]))
  let next = tokens.filter((address) => !vaults.has(address))
  for (let depth = 0; depth < maxDepth && next.length > 0; depth++) {
    const found = await read.ofKeys<VaultFact>(
      vault,
      next.map((address) => [address]),
    )
    for (const row of found) vaults.set(row.vault, row)
    next = [...new Set(found.map(({ asset }) => asset))].filter((asset) => !vaults.has(asset)).sort()
  }
  return [...vaults.values()].sort((a, b) => (a.vault < b.vault ? -1 : 1))
}
