import { type MarginAnswer, placeOf } from '../api/answer'

const tints = 6

/** A colour class per chain, the same in every part of the page. */
export function chainTint(chain: string, answer: MarginAnswer): string {
  const names = [
    ...new Set([
      ...Object.keys(answer.asOf.chains),
      ...answer.collateral.map(placeOf),
      ...answer.missing.flatMap((item) => item.chain ?? []),
    ]),
  ].sort()
  return `tint-${Math.max(0, names.indexOf(chain)) % tints}`
}
