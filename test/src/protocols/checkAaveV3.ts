import type pg from 'pg'
import { type Address, type Hex, type PublicClient, parseAbi } from 'viem'
import { type FactRow, factsAt } from '../support/factsAt'

const abi = parseAbi([
  'function scaledBalanceOf(address) view returns (uint256)',
  'function scaledTotalSupply() view returns (uint256)',
  'function principalBalanceOf(address) view returns (uint256)',
  'function getUserStableRate(address) view returns (uint256)',
  'function getUserLastUpdated(address) view returns (uint40)',
  'function getSupplyData() view returns (uint256, uint256, uint256, uint40)',
  'function getUserConfiguration(address) view returns (uint256)',
  'function getUserEMode(address) view returns (uint256)',
  'function isApprovedPositionManager(address user, address manager) view returns (bool)',
  'function getReservesList() view returns (address[])',
  'function getConfiguration(address) view returns (uint256)',
  'function getVirtualUnderlyingBalance(address) view returns (uint128)',
  'function getReserveDeficit(address) view returns (uint256)',
  'function getEModeCategoryCollateralConfig(uint8) view returns (uint16, uint16, uint16)',
  'function getEModeCategoryCollateralBitmap(uint8) view returns (uint128)',
  'function getEModeCategoryBorrowableBitmap(uint8) view returns (uint128)',
  'function getEModeCategoryLtvzeroBitmap(uint8) view returns (uint128)',
  'struct Category { uint16 ltv; uint16 liquidationThreshold; uint16 liquidationBonus; address priceSource; string label; }',
  'function getEModeCategoryData(uint8) view returns (Category)',
  'function getAssetPrice(address) view returns (uint256)',
  'function getSourceOfAsset(address) view returns (address)',
  'struct Reserve { uint256 configuration; uint128 liquidityIndex; uint128 liquidityRate; uint128 variableBorrowIndex; uint128 variableBorrowRate; uint128 stableBorrowRate; uint40 lastUpdateTimestamp; uint16 id; address aToken; address stableDebtToken; address variableDebtToken; address interestRateStrategy; uint128 accruedToTreasury; uint128 unbacked; uint128 isolationModeTotalDebt; }',
  'function getReserveData(address) view returns (Reserve)',
])

export type AaveV3Check = {
  readonly client: PublicClient
  readonly multicall3: Address
  readonly database: { readonly pool: pg.Pool; readonly schema: string }
  readonly pool: Address
  readonly oracle: Address
  readonly version: '3.0' | '3.6'
  readonly accounts: readonly Address[]
}

export type Difference = { readonly what: string; readonly indexed: string | null; readonly chain: string }
export type CheckResult = { readonly compared: number; readonly differences: readonly Difference[] }

type View = { readonly address: Address; readonly functionName: string; readonly args?: readonly unknown[] }
type Expectation = {
  readonly what: string
  readonly indexed: string | null
  readonly view: View
  readonly pick?: (answer: never) => unknown
}

const flagBits = {
  active: 56,
  frozen: 57,
  borrowing: 58,
  stable: 59,
  paused: 60,
  borrowableInIsolation: 61,
  siloed: 62,
  flashloan: 63,
}

/** Compares every indexed Aave fact with the contracts' own views at the end of a block. */
export async function checkAaveV3(check: AaveV3Check, block: bigint): Promise<CheckResult> {
  const { pool, schema } = check.database
  const facts = (table: Parameters<typeof factsAt>[2]) => factsAt(pool, schema, table, block)
  const markets = (await facts('market')).filter(({ unit, protocol }) => protocol === 'aave-v3' && unit === check.pool)
  const reserves = markets.filter(({ kind }) => kind === 'reserve')
  const listed = reserves.filter(({ market_index }) => market_index !== null)
  const [states, parameters, positions, lending, prices] = await Promise.all([
    facts('market_state'),
    facts('market_parameters'),
    facts('position'),
    facts('lending_account'),
    facts('price'),
  ])
  const of = (rows: readonly FactRow[], market: FactRow) => rows.find((row) => row.market === market.market)!
  const expectations: Expectation[] = [
    {
      what: 'reserves',
      indexed: listed
        .map(({ token }) => token!)
        .sort()
        .join(),
      view: { address: check.pool, functionName: 'getReservesList' },
      pick: (list: readonly Address[]) =>
        list
          .map((address) => address.toLowerCase())
          .sort()
          .join(),
    },
    ...listed.flatMap((market) => ofReserve(check, market, of(states, market), of(parameters, market), prices)),
    ...markets
      .filter(({ kind }) => kind === 'emode')
      .flatMap((market) => ofCategory(check, market, of(parameters, market))),
    ...reserves.flatMap((market) => ofBalances(check, market, positions)),
    ...check.accounts.flatMap((account) => ofAccount(check, account, lending)),
  ]
  const answers = await check.client.multicall({
    contracts: expectations.map(({ view }) => ({ ...view, abi })) as never,
    multicallAddress: check.multicall3,
    blockNumber: block,
    batchSize: 1_000_000,
  })
  const differences = expectations.flatMap(({ what, indexed, pick }, index): Difference[] => {
    const answer = answers[index] as { status: string; result?: unknown }
    const chain =
      answer.status === 'success'
        ? String(pick === undefined ? answer.result : pick(answer.result as never))
        : 'reverted'
    return chain === indexed ? [] : [{ what, indexed, chain }]
  })
  return { compared: expectations.length, differences }
}

function ofReserve(
  { pool, oracle, version }: AaveV3Check,
  market: FactRow,
  state: FactRow,
  parameters: FactRow,
  prices: readonly FactRow[],
): Expectation[] {
  const asset = market.token as Address
  const name = `${market.market}`
  const data = { address: pool, functionName: 'getReserveData', args: [asset] }
  const field = (what: string, indexed: string | null, key: string): Expectation => ({
    what: `${name} ${what}`,
    indexed,
    view: data,
    pick: (reserve: Record<string, unknown>) => String(reserve[key]).toLowerCase(),
  })
  const scaled = (what: string, indexed: string | null, token: string | null): Expectation => ({
    what: `${name} ${what}`,
    indexed,
    view: { address: token as Address, functionName: 'scaledTotalSupply' },
  })
  const configuration = (what: string, indexed: string | null, from: number, bits: number): Expectation => ({
    what: `${name} ${what}`,
    indexed,
    view: { address: pool, functionName: 'getConfiguration', args: [asset] },
    pick: (word: bigint) => (word >> BigInt(from)) & ((1n << BigInt(bits)) - 1n),
  })
  const flags = parameters.flags!.split(',')
  return [
    field('supply index', state.supply_index!, 'liquidityIndex'),
    field('borrow index', state.borrow_index!, 'variableBorrowIndex'),
    field('supply rate', state.supply_rate!, 'liquidityRate'),
    field('borrow rate', state.borrow_rate!, 'variableBorrowRate'),
    ...(state.supply_rate === '0' && state.borrow_rate === '0'
      ? []
      : [field('accrued at', state.accrued_at!, 'lastUpdateTimestamp')]),
    field('id', market.market_index!, 'id'),
    field('aToken', market.receipt!, 'aToken'),
    field('debt token', market.debt_token!, 'variableDebtToken'),
    ...(state.accrued_to_treasury === null
      ? []
      : [field('accrued to treasury', state.accrued_to_treasury!, 'accruedToTreasury')]),
    scaled('scaled supply', state.total_supply!, market.receipt!),
    scaled('scaled debt', state.total_borrow!, market.debt_token!),
    configuration('ltv', parameters.max_ltv!, 0, 16),
    configuration('liquidation threshold', parameters.liquidation_threshold!, 16, 16),
    configuration('liquidation bonus', parameters.liquidation_incentive!, 32, 16),
    configuration('decimals', parameters.decimals!, 48, 8),
    configuration('reserve factor', parameters.reserve_factor!, 64, 16),
    configuration('borrow cap', parameters.borrow_cap!, 80, 36),
    configuration('supply cap', parameters.supply_cap!, 116, 36),
    configuration('liquidation fee', parameters.liquidation_fee!, 152, 16),
    configuration('debt ceiling', parameters.debt_ceiling!, 212, 40),
    ...Object.entries(flagBits).map(([flag, bit]) => configuration(flag, flags.includes(flag) ? '1' : '0', bit, 1)),
    {
      what: `${name} source`,
      indexed: market.oracle!,
      view: { address: oracle, functionName: 'getSourceOfAsset', args: [asset] },
      pick: (source: string) => source.toLowerCase(),
    },
    {
      what: `${name} price`,
      indexed: prices.find(({ feed }) => feed === market.oracle)?.answer ?? null,
      view: { address: oracle, functionName: 'getAssetPrice', args: [asset] },
    },
    ...(version === '3.0'
      ? [configuration('e-mode', parameters.emode!, 168, 8), ...ofStableTotals(name, market, state)]
      : [
          {
            what: `${name} liquidity`,
            indexed: state.liquidity!,
            view: { address: pool, functionName: 'getVirtualUnderlyingBalance', args: [asset] },
          },
          {
            what: `${name} deficit`,
            indexed: state.deficit!,
            view: { address: pool, functionName: 'getReserveDeficit', args: [asset] },
          },
        ]),
  ]
}

function ofStableTotals(name: string, market: FactRow, state: FactRow): Expectation[] {
  const view = { address: market.stable_debt_token as Address, functionName: 'getSupplyData' }
  const field = (what: string, indexed: string | null, index: number): Expectation => ({
    what: `${name} ${what}`,
    indexed: indexed ?? '0',
    view,
    pick: (data: readonly unknown[]) => data[index],
  })
  return [
    field('stable principal', state.stable_borrow!, 0),
    field('stable rate', state.stable_rate!, 2),
    field('stable accrued at', state.stable_accrued_at!, 3),
  ]
}

function ofCategory({ pool, version }: AaveV3Check, market: FactRow, parameters: FactRow): Expectation[] {
  const view = (functionName: string): View => ({ address: pool, functionName, args: [Number(market.market_index)] })
  const ratios = `${parameters.max_ltv},${parameters.liquidation_threshold},${parameters.liquidation_incentive}`
  if (version === '3.0') {
    return [
      {
        what: `${market.market} ratios`,
        indexed: `${ratios},${market.token ?? '0x0000000000000000000000000000000000000000'},${market.label}`,
        view: view('getEModeCategoryData'),
        pick: (data: {
          ltv: number
          liquidationThreshold: number
          liquidationBonus: number
          priceSource: Hex
          label: string
        }) =>
          [
            data.ltv,
            data.liquidationThreshold,
            data.liquidationBonus,
            data.priceSource.toLowerCase(),
            data.label,
          ].join(),
      },
    ]
  }
  return [
    {
      what: `${market.market} ratios`,
      indexed: ratios,
      view: view('getEModeCategoryCollateralConfig'),
      pick: (ratios: readonly number[]) => ratios.join(),
    },
    {
      what: `${market.market} collateral`,
      indexed: parameters.collateral_bitmap!,
      view: view('getEModeCategoryCollateralBitmap'),
    },
    {
      what: `${market.market} borrowable`,
      indexed: parameters.borrowable_bitmap!,
      view: view('getEModeCategoryBorrowableBitmap'),
    },
    {
      what: `${market.market} ltv zero`,
      indexed: parameters.ltv_zero_bitmap!,
      view: view('getEModeCategoryLtvzeroBitmap'),
    },
  ]
}

function ofBalances({ accounts, version }: AaveV3Check, market: FactRow, positions: readonly FactRow[]): Expectation[] {
  const rows = positions.filter((row) => row.market === market.market)
  const everyone = new Set([...accounts, ...rows.map(({ account }) => account!)])
  return [...everyone].flatMap((account) => {
    const row = (side: string) => rows.find((candidate) => candidate.account === account && candidate.side === side)
    const stable = (what: string, indexed: string | null | undefined, functionName: string): Expectation => ({
      what: `${market.market} ${account} ${what}`,
      indexed: indexed ?? '0',
      view: { address: market.stable_debt_token as Address, functionName, args: [account] },
    })
    return [
      {
        what: `${market.market} ${account} supply`,
        indexed: row('supply')?.raw ?? '0',
        view: { address: market.receipt as Address, functionName: 'scaledBalanceOf', args: [account] },
      },
      {
        what: `${market.market} ${account} borrow`,
        indexed: row('borrow')?.raw ?? '0',
        view: { address: market.debt_token as Address, functionName: 'scaledBalanceOf', args: [account] },
      },
      ...(version === '3.0'
        ? [
            stable('stable principal', row('borrowStable')?.raw, 'principalBalanceOf'),
            stable('stable rate', row('borrowStable')?.rate, 'getUserStableRate'),
            stable('stable accrued at', row('borrowStable')?.accrued_at, 'getUserLastUpdated'),
          ]
        : []),
    ]
  })
}

function ofAccount({ pool }: AaveV3Check, account: Address, lending: readonly FactRow[]): Expectation[] {
  const row = lending.find((candidate) => candidate.account === account && candidate.unit === pool)
  return [
    {
      what: `${account} collateral flags`,
      indexed: row?.collateral_bitmap ?? '0',
      view: { address: pool, functionName: 'getUserConfiguration', args: [account] },
      pick: (word: bigint) => collateralBits(word),
    },
    {
      what: `${account} e-mode`,
      indexed: row?.emode ?? '0',
      view: { address: pool, functionName: 'getUserEMode', args: [account] },
    },
  ]
}

/** Aave keeps two bits per reserve: the odd one says collateral. */
function collateralBits(word: bigint): bigint {
  let bits = 0n
  for (let index = 0n; index < 128n; index++) if ((word >> (2n * index + 1n)) & 1n) bits |= 1n << index
  return bits
}
