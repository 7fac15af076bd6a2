import { edit, type Mutation } from './mutation'

const balances = 'src/protocols/aave-v3/handlers/balances.ts'
const accounts = 'src/protocols/aave-v3/handlers/accounts.ts'
const reserves = 'src/protocols/aave-v3/handlers/reserves.ts'
const stableDebt = 'src/protocols/aave-v3/handlers/stableDebt.ts'
const indexes = 'src/api/protocols/aaveIndexes.ts'
const transitions = 'src/protocols/aave-v3/transitions.ts'

/** Mistakes that indexers of Aave are known to make, and some that only differ in the last wei. */
export const aaveMutations: readonly Mutation[] = [
  {
    name: 'interest added to a mint',
    edits: [edit(balances, 'args.value - args.balanceIncrease', 'args.value')],
  },
  {
    name: 'interest left out of a burn',
    edits: [edit(balances, '-(args.value + args.balanceIncrease)', '-args.value')],
  },
  {
    name: 'supply rounded the other way',
    edits: [
      edit(
        transitions,
        '? divRayUp(mulRayDown(scaled, index) + moved, index)',
        '? divRayDown(mulRayDown(scaled, index) + moved, index)',
      ),
    ],
  },
  {
    name: 'debt rounded the other way',
    edits: [
      edit(
        transitions,
        ': divRayDown(mulRayUp(scaled, index) + moved, index)',
        ': divRayUp(mulRayUp(scaled, index) + moved, index)',
      ),
    ],
  },
  {
    name: 'the rounding of 3.6 used for 3.0',
    edits: [
      edit(
        transitions,
        "return revision >= first ? 'directed' : 'halfUp'",
        "return revision >= 1 || first > 0 ? 'directed' : 'halfUp'",
      ),
    ],
  },
  {
    name: 'collateral flag inferred from transfers',
    edits: [
      edit(
        balances,
        "import { changePosition } from '../../../positions/write'",
        "import { changeLendingAccount, changePosition } from '../../../positions/write'",
      ),
      edit(
        balances,
        'args.to, (scaled) => scaled + args.value)',
        `args.to, (scaled) => scaled + args.value)
    const key = { protocol: PROTOCOL, unit: market.split(':')[0] as string, account: args.to }
    await changeLendingAccount(facts, key, { collateralBitmap: 0n, emode: 0, authorisations: [] }, () => ({ collateralBitmap: 15n }))`,
      ),
    ],
  },
  {
    name: 'collateral switched off is missed',
    edits: [
      edit(
        accounts,
        'setCollateral(facts, address, args.reserve, args.user, false)',
        'setCollateral(facts, address, args.reserve, args.user, true)',
      ),
    ],
  },
  {
    name: 'aTokens that reach the treasury or anybody else by transfer are missed',
    edits: [edit(balances, 'args.to, (scaled) => scaled + args.value)', 'args.to, (scaled) => scaled)')],
  },
  {
    // The fee is a transfer to the treasury that follows the debtor's burn.
    name: 'liquidation fee missed',
    edits: [
      edit(balances, 'const ofToken = ', "let burnt = ''\nconst ofToken = "),
      edit(
        balances,
        "'Burn', (facts, { args, address }) =>\n",
        "'Burn', (facts, { args, address }) => (burnt = address + args.from) &&\n",
      ),
      edit(
        balances,
        'const { market } = await reserveToken(facts, address)\n    await changeBalance',
        'const { market } = await reserveToken(facts, address)\n    if (burnt === address + args.from) return\n    await changeBalance',
      ),
    ],
  },
  {
    // The pool itself asks for these mints.
    name: 'mint to the treasury missed',
    edits: [
      edit(
        balances,
        "'Mint', (facts, { args, address }) =>\n    move(",
        "'Mint', async (facts, { args, address }) =>\n    (await reserveToken(facts, address)).market.startsWith(args.caller.toLowerCase()) ? undefined : move(",
      ),
    ],
  },
  {
    name: 'interest not accrued to the instant asked for',
    edits: [
      edit(
        indexes,
        'return mulRayHalfUp(growth(BigInt(borrowRate), elapsed), BigInt(borrowIndex))',
        'return BigInt(borrowIndex)',
      ),
    ],
  },
  {
    name: 'e-mode ignored',
    edits: [edit(accounts, '({ emode: args.categoryId })', '({ emode: 0 * args.categoryId })')],
  },
  {
    name: 'deficit cover missed',
    edits: [
      edit(
        reserves,
        'addDeficit(facts, address, args.reserve, -args.amountCovered)',
        'addDeficit(facts, address, args.reserve, 0n * args.amountCovered)',
      ),
    ],
  },
  {
    name: 'borrow index taken from the supply side',
    edits: [edit(reserves, 'borrowIndex: args.variableBorrowIndex', 'borrowIndex: args.liquidityIndex')],
  },
  {
    name: 'stable debt keeps its first rate',
    edits: [edit(transitions, 'rate: event.newRate, accruedAt: time }', 'rate: event.newRate / 2n, accruedAt: time }')],
  },
  {
    name: 'stable burn forgets its interest',
    edits: [
      edit(stableDebt, 'stableBurn(args, rate, time)', 'stableBurn({ ...args, balanceIncrease: 0n }, rate, time)'),
    ],
  },
]
