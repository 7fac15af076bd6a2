/** The engine's class of a configured asset: a major is classed by what it moves with. */
export function engineClass(configured: string, riskGroup: string): string {
  switch (configured) {
    case 'major':
      return riskGroup === 'BTC' || riskGroup === 'ETH' ? riskGroup : 'largeAlt'
    case 'lst':
      return 'LST'
    default:
      return configured
  }
}
