import type { GoldenCase, GoldenFile, GoldenHolding, GoldenStep, GoldenUnit } from '../../cli/golden/goldenFile'

const LOANS = ['now', 'down-10', 'down-30', 'down-45', 'market-30', 'oracle-30', 'oracle-45']

const amount = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const usd = (value: number | string | undefined) => whole.format(Number(value))

function caseOf(file: GoldenFile, id: string): GoldenCase {
  const found = file.cases.find((golden) => golden.id === id)
  if (found === undefined) throw new Error(`the golden accounts have no ${id}; see scripts/golden/families.py`)
  return found
}

/** A Markdown table; cells of the first column, and of those named as words, begin at the left. */
function table(head: readonly string[], rows: readonly (readonly string[])[], words: readonly string[] = []): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = head.map((title, index) => (index === 0 || words.includes(title) ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

function percent(share: number | string | undefined): string {
  return `${Number((Number(share) * 100).toFixed(2))} %`
}

/** What the first case says of the loan, and of the parameters of all of them. */
function termsOf(file: GoldenFile) {
  const { input } = caseOf(file, 'worked-now')
  const [loan] = input.lendingUnits
  const [row, debt] = [loan!.collateral[0]!, loan!.debt[0]!]
  const threshold = Number(row.liquidationThreshold)
  const incentive = Number(row.liquidationIncentive)
  return {
    quantity: usd(row.quantity),
    price: usd(input.marketData.assets.ETH!.indexPrice),
    debt: usd(debt.quantity),
    taken: usd(Number(debt.quantity) * incentive),
    takenShare: Number(debt.quantity) * incentive,
    threshold: percent(threshold),
    bonus: percent(incentive - 1),
    parameters: file.parameterSets[input.parameters]!,
  }
}

/** Why each step takes what it takes of the worked account. */
function reasons(file: GoldenFile): Readonly<Record<string, string>> {
  const { input } = caseOf(file, 'worked-account')
  const { classes, haircuts, lending } = file.parameterSets[input.parameters]!
  const [holding] = input.collateral
  const { debt, taken } = termsOf(file)
  const stays = Number(holding!.quantity) - Number(holding!.movable)
  return {
    debt: 'the loan is owed; it is not ours to count',
    par: `USDC stands at ${input.marketData.assets.USDC!.indexPrice}, but who owes it counts it at 1`,
    unusable: 'nobody has given the token a price for too long: all of it goes at once',
    liquidation: `the loan’s liquidation is due: ${debt} are repaid and ${taken} taken`,
    encumbrance: `a queue keeps ${stays} of the ${holding!.quantity} wstETH; unwinding the loan costs ${percent(lending.unwindCost)}`,
    market: `the price may fall while we sell: ${percent(classes.LST!.haircutFloor)} and ${percent(classes.ETH!.haircutFloor)}, the floors of the two classes, more than the volatility asks for`,
    size: 'selling that much moves the price: read off each asset’s impact curve',
    wrapper: `wstETH trades below what it can be redeemed for; that discount is part of its floor of ${percent(classes.LST!.wrapperFloor)}, the rest is taken`,
    protocol: `both are in protocols that are recent: ${percent(haircuts.protocolTiers.recent)}`,
    chain: `a recent chain, ${percent(haircuts.chainTiers.recent)}, and for wstETH a canonical bridge, ${percent(haircuts.bridge.canonical)} of what is left`,
    oracle: `wstETH: its feed moves only from ${percent(holding!.haircut!.oracleDeviation)} on; ETH: its price has a single source, ${percent(haircuts.oracle.singleSource)}`,
    cap: `the venue grants this account ${usd(haircuts.caps.account!)} at most; both are scaled down alike`,
  }
}

function loanRow({ what, expected }: GoldenCase): readonly string[] {
  const unit = (name: string) => expected.units.find(({ id }) => id === name)!
  const { collateralValue, healthFactor, value, movable, credit } = unit('withdrawn')
  const figures = [collateralValue, value, movable, credit, unit('unwound').credit].map(usd)
  return [`ETH ${what}`, figures[0]!, Number(healthFactor).toFixed(3), ...figures.slice(1)]
}

/** Amounts of money in cents that add up: each is the difference of what is left, rounded, before it and after it. */
function column(start: string, steps: readonly GoldenStep[]): ReadonlyMap<string, string> {
  let left = Number(start)
  const cents = (value: number) => Math.round(value * 100)
  const entries = steps.map(({ step, amount: taken }): [string, string] => {
    const before = cents(left)
    left -= Number(taken)
    return [step, `−${amount.format((before - cents(left)) / 100)}`]
  })
  return new Map([['worth', amount.format(Number(start))], ...entries, ['credit', amount.format(cents(left) / 100)]])
}

function startOf(row: GoldenHolding | GoldenUnit): string {
  return 'collateralValue' in row ? row.collateralValue! : row.value!
}

function stepTable({ expected }: GoldenCase, why: Readonly<Record<string, string>>): string {
  const rows = ['wstETH', 'token', 'loan'].map(
    (id) => [...expected.holdings, ...expected.units].find((row) => row.id === id)!,
  )
  const columns = rows.map((row) => column(startOf(row), row.steps))
  const line = (name: string, title: string, reason: string) => [
    title,
    ...columns.map((cells) => cells.get(name) ?? ''),
    reason,
  ]
  return table(
    ['step', 'wstETH', 'stale token', 'loan', 'why'],
    [
      line('worth', '**worth at marks**', ''),
      ...Object.entries(why).map(([step, reason]) => line(step, step, reason)),
      line('credit', '**credit**', `together ${amount.format(Number(expected.credit))}`),
    ],
    ['why'],
  )
}

/** The worked example of `docs/methodology.md`, every figure from the golden accounts. */
export function exampleSection(file: GoldenFile): string {
  const { quantity, price, debt, taken, takenShare, threshold, bonus, parameters } = termsOf(file)
  const unitOf = (name: string) => caseOf(file, name).expected.units[0]!
  const [fallen, misread] = [unitOf('worked-down-45'), unitOf('worked-oracle-45')]
  const { targetHealthFactor, unwindCost } = parameters.lending
  const { input } = caseOf(file, 'worked-account')
  const [holding] = input.collateral
  return [
    `An owner has put ${quantity} ETH, worth ${price} USD each, into Aave and borrowed ${debt} USDC. Aave liquidates once ${threshold} of the collateral’s value no`,
    `longer cover the debt, and lets the liquidator take ${bonus} more than is repaid. Parameters are those of \`house-1\`, model \`cross\`; amounts are`,
    `USD, rounded to whole ones. *Health* is ${threshold} of the collateral over the debt, at oracle prices: below 1 the protocol may liquidate.`,
    '',
    table(
      [
        'price',
        'collateral',
        'health',
        'equity E',
        'movable W',
        'credit if we can only withdraw',
        'credit if we may unwind',
      ],
      LOANS.map((name) => loanRow(caseOf(file, `worked-${name}`))),
    ),
    '',
    '* **Equity** is what the owner would have left. Down to −30 % that is collateral less debt. At −45 % it is not: health is below 1, so',
    `  we count as if the liquidation had happened. To repay ${debt} it takes ${taken} of the ${usd(fallen.collateralValue)} of collateral; ${usd(fallen.value)} are left, not`,
    `  ${usd(Number(fallen.collateralValue) - Number(fallen.debtValue))}.`,
    `* **Movable** is what could be withdrawn today with the loan still healthy by our stricter measure, ${targetHealthFactor}. After −30 % nothing could, although the`,
    '  equity is there. Who can only withdraw has a credit on the smaller of the two; who controls the account and may repay the loan has it on the',
    `  equity, less ${percent(unwindCost)} for unwinding.`,
    '* The **market only**: every ETH fetches 30 % less, but Aave does not look there. Health is as before, and more can be moved out than after a',
    '  fall that Aave sees too.',
    '* The **oracle only**: the ETH are worth what they were, so is the equity, but Aave now holds them back. Should the oracle say −45 %,',
    `  liquidation is due at that price: ${percent(takenShare / Number(fallen.collateralValue))} of all ETH are gone, and of ${usd(misread.collateralValue)} only ${usd(misread.value)} are left.`,
    `* From what is relied on to the credit, \`house-1\` takes its floor of ${percent(parameters.classes.ETH!.haircutFloor)} for ETH.`,
    '',
    `The same loan after −45 %, with a venue that may unwind it, beside two holdings: ${holding!.quantity} wstETH at ${usd(input.marketData.assets.wstETH!.indexPrice)} USD, redeemable for ${usd(holding!.haircut!.redemptionPrice)}, and a token`,
    'whose last price is stale. Here every step takes something. The first row is what each is worth; each step takes its share of what the steps above left.',
    '',
    stepTable(caseOf(file, 'worked-account'), reasons(file)),
    '',
    'The steps *size* and *cap* look at the whole account, the others at each row alone. Every figure of this chapter is one of the',
    'golden accounts of [the last chapter](#cases-to-check-an-implementation-with).',
  ].join('\n')
}
