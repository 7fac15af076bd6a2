/** Names of the haircut steps, in the order they are taken. */
const steps: Readonly<Record<string, string>> = {
  debt: 'Owed to the protocol',
  unusable: 'Cannot be valued now',
  liquidation: 'A liquidation that is already due',
  encumbrance: 'Cannot be moved now',
  market: 'Market move while selling',
  size: 'Size of the position',
  liquidity: 'Price impact of selling',
  wrapper: 'Wrapper below what it redeems for',
  protocol: 'Protocol risk',
  chain: 'Chain risk',
  bridge: 'Bridge risk',
  oracle: 'Oracle risk',
  cap: 'Caps',
}

const order = Object.keys(steps)

/** Orders steps as they are taken; ones this page does not know come last, in the order in which they were met. */
export function compareSteps(a: string, b: string): number {
  return place(a) - place(b)
}

function place(step: string): number {
  const known = order.indexOf(step)
  return known === -1 ? order.length : known
}

export function stepName(step: string): string {
  return steps[step] ?? step
}
