/** Answers for the page's tests: made up, but every total is the sum of its rows, as the API promises. */
import type {
  CollateralRow,
  HaircutStep,
  LendingUnit,
  MarginAnswer,
  Missing,
  StatusAnswer,
} from '../../../web/api/answer'
import { subtractDecimals, sumDecimals } from '../../../web/format/decimal'

export const account = '0x00000000000000000000000000000000000000a1'
export const otherAccount = '0x00000000000000000000000000000000000000b2'
const token = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'

type RowInput = Partial<CollateralRow> &
  Pick<CollateralRow, 'chain' | 'protocol' | 'asset' | 'side' | 'marketValue'> & {
    readonly takes?: Readonly<Record<string, string>>
  }

export function row({ takes = {}, ...given }: RowInput): CollateralRow {
  const steps: HaircutStep[] = []
  let left = given.marketValue ?? '0.00000000'
  for (const [step, amount] of Object.entries(takes)) {
    steps.push({
      step,
      rule: `floor:${given.asset}`,
      input: left,
      haircut: (Number(amount) / Number(left)).toFixed(18),
      amount,
    })
    left = subtractDecimals(left, amount)
  }
  return {
    market: `main:${token}`,
    token,
    decimals: 18,
    shares: '4000000000000000000',
    amount: '4000000000000000000',
    oraclePrice: '2500.00000000',
    markPrice: '2500.00000000',
    reasonCode: null,
    path: [given.chain ?? 'venue', given.protocol, given.asset ?? 'token'],
    unit: null,
    movable: left,
    steps,
    credit: given.side === 'borrow' || given.marketValue === null ? '0.00000000' : left,
    ...given,
  }
}

const plainRows = (): readonly CollateralRow[] => [
  row({
    chain: 'alpha',
    protocol: 'aave-v3:main',
    asset: 'WETH',
    side: 'supply',
    marketValue: '10000.00000000',
    takes: { debt: '3000.00000000', encumbrance: '2400.00000000', protocol: '92.00000000' },
  }),
  row({
    chain: 'alpha',
    protocol: 'aave-v3:main',
    asset: 'USDC',
    side: 'borrow',
    marketValue: '3000.00000000',
    decimals: 6,
    shares: '3000000000',
    amount: '3000000000',
    markPrice: '1.00000000',
    oraclePrice: '1.00000000',
  }),
  row({
    chain: 'beta',
    protocol: 'erc4626',
    asset: 'USDC',
    side: 'supply',
    marketValue: '4000.12345678',
    decimals: 6,
    amount: '4000123456',
    markPrice: '1.00000000',
    oraclePrice: null,
    takes: { wrapper: '20.00061728', protocol: '40.00123457', chain: '9.88030493' },
  }),
]

const unit = (given: Partial<LendingUnit> = {}): LendingUnit => ({
  id: 'alpha:aave-v3:main',
  chain: 'alpha',
  protocol: 'aave-v3',
  unit: 'main',
  rule: 'aave',
  control: 'none',
  healthFactor: '2.766666666666666666',
  collateralValue: '10000.00000000',
  debtValue: '3000.00000000',
  equity: '7000.00000000',
  badDebt: '0.00000000',
  movable: '4600.00000000',
  reach: '0.657142857142857142',
  credit: '4508.00000000',
  ...given,
})

/** An answer read `ageSeconds` ago. The margin figures are consistent with its rows unless `given` overrides them. */
export function marginAnswer(given: Partial<MarginAnswer> = {}, ageSeconds = 4): MarginAnswer {
  const collateral = given.collateral ?? plainRows()
  const known = (side: 'borrow' | 'other') =>
    sumDecimals([
      '0.00000000',
      ...collateral
        .filter((item) => (item.side === 'borrow') === (side === 'borrow'))
        .flatMap((item) => item.marketValue ?? []),
    ])
  const credit = sumDecimals(['0.00000000', ...collateral.flatMap((item) => item.credit ?? [])])
  const gross = known('other')
  const debt = known('borrow')
  const equity = subtractDecimals(gross, debt)
  const [initial, maintenance] = ['1780.00000000', '1424.00000000']
  const instant = (seconds: number) => `${new Date(Date.now() - seconds * 1000).toISOString().slice(0, 19)}Z`
  const cut = instant(ageSeconds)
  const chain = (chainId: number, blockNumber: string, seconds: number) => ({
    chainId,
    blockNumber,
    blockHash: `0x${'ab'.repeat(32)}`,
    timestamp: instant(seconds),
    finality: 'finalized',
    lagSeconds: seconds - ageSeconds,
  })
  return {
    account,
    model: 'portfolio',
    status: 'NORMAL',
    grossCollateralValue: gross,
    debtValue: debt,
    grossEquity: equity,
    nonRecourseShortfall: '0.00000000',
    haircutTotal: subtractDecimals(equity, credit),
    collateralCredit: credit,
    cash: '0.00000000',
    netOptionValue: '0.00000000',
    unrealizedPnl: '0.00000000',
    accruedFunding: '0.00000000',
    recourseDebt: '0.00000000',
    marginBalance: credit,
    initialMargin: initial,
    maintenanceMargin: maintenance,
    excessInitialMargin: subtractDecimals(credit, initial),
    excessMaintenanceMargin: subtractDecimals(credit, maintenance),
    marginRatio: (Number(maintenance) / Number(credit)).toFixed(18),
    marginRatioReason: null,
    availableToWithdraw: subtractDecimals(credit, initial),
    components: {
      scan: '1780.00000000',
      joint: '0.00000000',
      stress: '1204.50000000',
      addOns: [{ kind: 'concentration', amount: '0.00000000' }],
    },
    worstScenario: {
      id: 'ETH:-0.2',
      loss: '1780.00000000',
      moves: [{ riskGroup: 'ETH', price: '-0.200000000000000000', vol: '0.000000000000000000' }],
    },
    collateral,
    lendingUnits: [
      unit(),
      unit({ id: 'beta:aave-v3:main', chain: 'beta', healthFactor: null, debtValue: '0.00000000', reach: null }),
    ],
    prices: [
      {
        asset: 'WETH',
        chain: 'alpha',
        source: `chainlink:${token}`,
        price: '2500.00000000',
        updatedAt: cut,
        ageSeconds: 10,
        usable: true,
      },
      {
        asset: 'USDC',
        chain: 'beta',
        source: `chainlink:${token}`,
        price: '1.00000000',
        updatedAt: cut,
        ageSeconds: 40,
        usable: true,
      },
    ],
    complete: true,
    missing: [],
    asOf: { cut, chains: { alpha: chain(31337, '1234', ageSeconds), beta: chain(31338, '876', ageSeconds + 1) } },
    finality: { requested: 'conservative', decisive: 'finalized' },
    parametersVersion: 'house-1.1',
    stateHash: `0x${'cd'.repeat(32)}`,
    ...given,
  }
}

/** The plain account after chain beta fell out of the cut. */
export function incompleteAnswer(): MarginAnswer {
  const missing: Missing[] = [
    {
      scope: 'chain',
      chain: 'beta',
      id: 'beta',
      reasonCode: 'CHAIN_STALE',
      detail: 'last block 46 s before the newest, limit 30 s',
    },
  ]
  const collateral = plainRows().filter(({ chain }) => chain === 'alpha')
  const whole = marginAnswer({ collateral, lendingUnits: [unit()], complete: false, missing, status: 'STALE' })
  return { ...whole, asOf: { ...whole.asOf, chains: { alpha: whole.asOf.chains.alpha! } } }
}

export function statusAnswer(): StatusAnswer {
  const indexed = (blockNumber: string) => ({ blockNumber, timestamp: new Date(Date.now() - 2000).toISOString() })
  const chain = { required: true, maxLagSeconds: 30, inCut: true, reasonCode: null }
  return {
    clock: 'system',
    chains: { alpha: { ...chain, indexed: indexed('1240') }, beta: { ...chain, indexed: indexed('881') } },
  }
}

export const seededAccounts = {
  accounts: [
    { address: account, shape: 'collateral-on-two-chains', chains: ['alpha', 'beta'] },
    { address: otherAccount, shape: 'near-liquidation', chains: ['alpha'] },
    ...Array.from({ length: 30 }, (_, index) => ({
      address: `0x${(4096 + index).toString(16).padStart(40, '0')}`,
      shape: ['looped', 'e-mode', 'vault-depositor', 'nothing'][index % 4]!,
      chains: index % 3 === 0 ? ['alpha', 'beta'] : ['beta'],
    })),
  ],
}
