import type { Facts } from '../facts'

/** The asset that stands for a name: itself, or the major of the risk group it names (`ETH` for `WETH`). */
export function assetNamed(name: string, facts: Facts): string | null {
  if (Object.hasOwn(facts.reference.assets, name)) return name
  const heads = Object.entries(facts.reference.assets)
    .filter(([, { riskGroup, class: kind }]) => riskGroup === name && kind === 'major')
    .map(([asset]) => asset)
  return heads.sort()[0] ?? null
}
