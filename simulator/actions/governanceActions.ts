import { zeroAddress } from 'viem'
import { etherCategory } from '../../devnet/assets'
import { contractCall } from '../../devnet/chain/contractCall'
import { encodeRates } from '../../devnet/deploy/encodeRates'
import type { Preparation } from '../preparation/types'
import type { AccountTruth, ReserveTruth } from '../truth/types'
import type { Action, ProposedCall, World } from '../types'
import { clearDebts } from './accountHelp'
import { anyReserve, isFrozen, isPassing, isPaused, liquidationThresholdOf, maxLtvOf } from './look'

/** The market begins with the first; the others are opened on the way. */
const categoryIds = [etherCategory.id, 2, 7] as const
/** Healthy enough to lose the higher threshold of a category. */
const comfortable = 13n * 10n ** 17n
const emodeSetters = ['setAssetCollateralInEMode', 'setAssetBorrowableInEMode', 'setAssetLtvzeroInEMode'] as const

export const reservesWithCategory = (world: World) =>
  world.truth.reserves.filter(({ asset }) =>
    etherCategory.collateral.some(
      (symbol) => world.contracts.tokens[symbol].address.toLowerCase() === asset.toLowerCase(),
    ),
  )

/** Who is in a category may leave it when healthy; into one goes whoever owes nothing else. */
export function mayChangeEMode(world: World, account: AccountTruth, fitting: readonly ReserveTruth[]): boolean {
  if (account.emode !== 0) return account.healthFactor > comfortable
  return world.truth.reserves.every((reserve, index) => {
    const { debt, stableDebt } = account.holdings[index]!
    return fitting.includes(reserve) || debt + stableDebt === 0n
  })
}

/** Parameter changes by the market's administrator, kept within what leaves the market usable. */
export function governanceActions(preparation: Preparation): readonly Action[] {
  const { owner, rateStrategies, priceIndex } = preparation
  const configure = (world: World, functionName: string, args: readonly unknown[]) =>
    contractCall(owner, world.contracts.aave.configurator, functionName, args)
  const onReserve = (
    name: string,
    functionName: string,
    draw: (world: World, reserve: ReserveTruth) => unknown,
    fits: (reserve: ReserveTruth) => boolean = () => true,
  ): Action => ({
    name,
    propose: (world) => {
      const reserve = anyReserve(world, fits)
      return reserve === null ? null : configure(world, functionName, [reserve.asset, draw(world, reserve)])
    },
  })
  /** Turns on for a random reserve, but first turns off where it is on, so that what it stops is stopped for a short while. */
  const toggle = (name: string, functionName: string, isOn: (reserve: ReserveTruth) => boolean): Action => ({
    name,
    propose: (world) => {
      const reserve = anyReserve(world, isOn) ?? anyReserve(world, () => true)
      return reserve === null ? null : configure(world, functionName, [reserve.asset, !isOn(reserve)])
    },
  })
  /** In v3.0 a category may price its assets by a source of its own. */
  const configureCategory = (world: World, id: number) => {
    const threshold = world.random.integer(9_000, 9_600)
    const common = [id, threshold - 150, threshold, world.random.integer(10_050, 10_200)]
    const source = world.random.next() < 0.5 ? priceIndex : zeroAddress
    const label = id === etherCategory.id ? etherCategory.label : `category ${id}`
    return configure(world, 'setEModeCategory', [
      ...common,
      ...(world.contracts.aave.version === '3.0' ? [source] : []),
      label,
    ])
  }
  const pauseForAMoment = (world: World): readonly ProposedCall[] => [
    configure(world, 'setPoolPause', [true]),
    { ...configure(world, 'setPoolPause', [false]), countsAs: 'resume everything' },
  ]
  return [
    onReserve('set the supply cap', 'setSupplyCap', ({ random }) => BigInt(random.integer(10_000_000, 2_000_000_000))),
    onReserve('set the borrow cap', 'setBorrowCap', ({ random }) => BigInt(random.integer(10_000_000, 2_000_000_000))),
    onReserve('set the reserve factor', 'setReserveFactor', ({ random }) => BigInt(random.integer(0, 5_000))),
    onReserve('set the liquidation fee', 'setLiquidationProtocolFee', ({ random }) => BigInt(random.integer(0, 3_000))),
    onReserve('allow or forbid flash loans', 'setReserveFlashLoaning', ({ random }) => random.next() < 0.8),
    toggle('freeze or thaw', 'setReserveFreeze', isFrozen),
    toggle('pause or resume', 'setReservePause', isPaused),
    {
      name: 'set collateral parameters',
      propose: (world) => {
        const reserve = anyReserve(world, (candidate) => liquidationThresholdOf(candidate) > 0n && !isFrozen(candidate))
        if (reserve === null) return null
        const threshold = BigInt(world.random.integer(7_400, 8_600))
        const ltv = maxLtvOf(reserve) === 0n || world.random.next() < 0.9 ? threshold - 300n : 0n
        return configure(world, 'configureReserveAsCollateral', [
          reserve.asset,
          ltv,
          threshold,
          BigInt(world.random.integer(10_300, 10_900)),
        ])
      },
    },
    {
      name: 'set interest rates',
      versions: ['3.6'],
      propose: (world) => {
        const reserve = anyReserve(world, () => true)
        if (reserve === null) return null
        const { random } = world
        const rates = {
          optimalUsage: random.integer(4_000, 9_000),
          base: random.integer(0, 200),
          slope1: random.integer(200, 900),
          slope2: random.integer(4_000, 9_000),
        }
        return configure(world, 'setReserveInterestRateData', [reserve.asset, encodeRates(rates)])
      },
    },
    {
      name: 'set interest rates',
      versions: ['3.0'],
      propose: (world) => {
        const reserve = anyReserve(world, () => true)
        if (reserve === null) return null
        const strategy = world.random.pick(rateStrategies.slice(0, -1))
        return configure(world, 'setReserveInterestRateStrategyAddress', [reserve.asset, strategy])
      },
    },
    onReserve(
      'allow or forbid borrowing',
      'setReserveBorrowing',
      ({ random }) => random.next() < 0.8,
      (reserve) => !isPassing(reserve, preparation),
    ),
    onReserve(
      'allow or forbid borrowing in isolation',
      'setBorrowableInIsolation',
      ({ random }) => random.next() < 0.8,
    ),
    {
      name: 'pause everything for a moment',
      propose: pauseForAMoment,
    },
    {
      // A reorg may drop what resumes and keep what pauses.
      name: 'resume everything',
      comesFirst: true,
      propose: (world) => (world.truth.reserves.every(isPaused) ? configure(world, 'setPoolPause', [false]) : null),
      openWay: (world) =>
        pauseForAMoment(world).map((call) => ({ countsAs: 'pause everything for a moment', ...call })),
    },
    {
      name: 'set an e-mode category',
      propose: (world) => configureCategory(world, world.random.pick(categoryIds)),
    },
    {
      name: 'move an asset in or out of e-mode',
      propose: (world) => {
        const reserve = world.random.pick(reservesWithCategory(world))
        const into = world.random.next() < 0.7
        return world.contracts.aave.version === '3.0'
          ? configure(world, 'setAssetEModeCategory', [reserve.asset, into ? world.random.pick(categoryIds) : 0])
          : configure(world, world.random.pick(emodeSetters), [reserve.asset, world.random.pick(categoryIds), into])
      },
    },
    {
      name: 'enter or leave e-mode',
      eagerness: 2,
      propose: (world) => {
        const fitting = reservesWithCategory(world)
        const candidates = world.truth.accounts.filter((account) => mayChangeEMode(world, account, fitting))
        if (candidates.length === 0) return null
        const { account, emode } = world.random.pick(candidates)
        const category = world.random.next() < 0.7 ? etherCategory.id : world.random.pick(categoryIds)
        return contractCall(account, world.contracts.aave.pool, 'setUserEMode', [emode === 0 ? category : 0])
      },
      openWay: clearDebts,
    },
    {
      name: 'mint to the treasury',
      propose: (world) =>
        contractCall(owner, world.contracts.aave.pool, 'mintToTreasury', [
          world.truth.reserves.map(({ asset }) => asset),
        ]),
    },
  ]
}
