import { edit, type Mutation } from './mutation'

const morphoBalances = 'src/protocols/morpho-blue/handlers/balances.ts'
const morphoTransitions = 'src/protocols/morpho-blue/transitions.ts'
const morphoWatch = 'src/protocols/morpho-blue/handlers/watch.ts'
const morphoAccrual = 'src/api/protocols/morphoAccrual.ts'

/** Mistakes in the books of Morpho Blue. */
export const morphoMutations: readonly Mutation[] = [
  {
    name: 'Morpho bad debt not taken from the lenders',
    edits: [
      edit(
        morphoTransitions,
        'supplyAssets: rest.supplyAssets - event.badDebtAssets',
        'supplyAssets: rest.supplyAssets',
      ),
    ],
  },
  {
    name: 'Morpho fee shares given to nobody',
    edits: [
      edit(
        morphoBalances,
        "[{ account, side: 'supply' as const, change: args.feeShares }]",
        "[{ account, side: 'supply' as const, change: 0n }]",
      ),
    ],
  },
  {
    name: 'Morpho debt rounded down',
    edits: [
      edit(
        morphoAccrual,
        'return mulDivUp(shares, totals.borrowAssets',
        'return mulDivDown(shares, totals.borrowAssets',
      ),
    ],
  },
  {
    name: 'Morpho interest compounded by two terms',
    edits: [
      edit(morphoAccrual, 'return first + second + mulDivDown(second, first, 3n * WAD)', 'return first + second'),
    ],
  },
  {
    name: 'Morpho oracle read once',
    edits: [
      edit(
        morphoWatch,
        'last?.status === status && (answer === null || last.answer === answer)',
        'last?.status === status',
      ),
    ],
  },
]
