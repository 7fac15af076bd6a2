import { type Address, encodeFunctionData, parseUnits } from 'viem'
import { type AssetSymbol, assets } from '../assets'
import { deployContract } from '../chain/deployContract'
import type { Contract, LocalChain } from '../chain/types'
import type { compileCompoundV3 } from '../compile/compoundV3'
import type { Comet, CometCollateral, Foundation } from './types'

type Artifacts = Awaited<ReturnType<typeof compileCompoundV3>>

/** Fractions; rates a year. The contract rounds them to wads per second. */
interface Terms {
  readonly supply: Curve
  readonly borrow: Curve
  /** By collateral: borrow, liquidate and liquidation factor. */
  readonly factors: Readonly<Record<CometCollateral, readonly [string, string, string]>>
}

interface Curve {
  readonly kink: string
  readonly base: string
  readonly slopeLow: string
  readonly slopeHigh: string
}

const usualTerms: Terms = {
  supply: { kink: '0.85', base: '0', slopeLow: '0.039', slopeHigh: '3.6' },
  borrow: { kink: '0.85', base: '0.015', slopeLow: '0.0353', slopeHigh: '3.4' },
  factors: {
    WETH: ['0.825', '0.895', '0.95'],
    WBTC: ['0.7', '0.77', '0.93'],
    wstETH: ['0.82', '0.87', '0.94'],
  },
}

const otherTerms: Terms = {
  supply: { kink: '0.9', base: '0.001', slopeLow: '0.053', slopeHigh: '2.7' },
  borrow: { kink: '0.88', base: '0.021', slopeLow: '0.0471', slopeHigh: '4.1' },
  factors: {
    WETH: ['0.8', '0.85', '0.92'],
    WBTC: ['0.75', '0.8', '0.95'],
    wstETH: ['0.78', '0.84', '0.9'],
  },
}

const supplyCapDollars = 400_000_000
const smallestBorrow = 100n * 10n ** 6n
const targetReserves = 20_000_000n * 10n ** 6n
const storeFrontPriceFactor = parseUnits('0.6', 18)

/** Queues code that counts and seizes none of one collateral, as a delisted asset has it. */
export function deployDelisting(
  chain: LocalChain,
  artifacts: Artifacts,
  owner: Address,
  foundation: Foundation,
  delisted: CometCollateral,
): Promise<Contract> {
  const factors = { ...usualTerms.factors, [delisted]: ['0', '0', '0'] }
  const configuration = configurationOf(owner, foundation, { ...usualTerms, factors })
  return deployContract(chain, owner, artifacts.CometStandIn, [configuration])
}

/** A Comet lending USDC behind its proxy, and the code of a second configuration to replace the first with; two blocks. */
export async function deployCompoundV3(
  chain: LocalChain,
  artifacts: Artifacts,
  owner: Address,
  foundation: Foundation,
): Promise<Comet> {
  const implementation = (terms: Terms) =>
    deployContract(chain, owner, artifacts.CometStandIn, [configurationOf(owner, foundation, terms)])
  const usual = await implementation(usualTerms)
  const other = await implementation(otherTerms)
  await chain.mine()
  const data = encodeFunctionData({ abi: usual.abi, functionName: 'initializeStorage' })
  const proxy = await deployContract(chain, owner, artifacts.CometProxyStandIn, [usual.address, owner, data])
  const { number } = await chain.mine()
  const core: Contract = { address: proxy.address, abi: usual.abi }
  const implementations = { usual: usual.address, other: other.address }
  return { core, proxy, implementations, startBlock: Number(number) }
}

function configurationOf(owner: Address, { tokens, feeds }: Foundation, terms: Terms) {
  const wad = (value: string) => parseUnits(value, 18)
  const { supply, borrow } = terms
  return {
    governor: owner,
    pauseGuardian: owner,
    baseToken: tokens.USDC.address,
    baseTokenPriceFeed: feeds.USDC.proxy.address,
    supplyKink: wad(supply.kink),
    supplyPerYearSlopeLow: wad(supply.slopeLow),
    supplyPerYearSlopeHigh: wad(supply.slopeHigh),
    supplyPerYearBase: wad(supply.base),
    borrowKink: wad(borrow.kink),
    borrowPerYearSlopeLow: wad(borrow.slopeLow),
    borrowPerYearSlopeHigh: wad(borrow.slopeHigh),
    borrowPerYearBase: wad(borrow.base),
    storeFrontPriceFactor,
    baseBorrowMin: smallestBorrow,
    targetReserves,
    assets: Object.entries(terms.factors).map(([symbol, [borrowFactor, liquidateFactor, liquidationFactor]]) => ({
      // The asset list numbers them itself.
      offset: 0,
      asset: tokens[symbol as AssetSymbol].address,
      priceFeed: feeds[symbol as AssetSymbol].proxy.address,
      scale: 10n ** BigInt(assets[symbol as AssetSymbol].decimals),
      borrowCollateralFactor: wad(borrowFactor),
      liquidateCollateralFactor: wad(liquidateFactor),
      liquidationFactor: wad(liquidationFactor),
      supplyCap: supplyCapOf(symbol as AssetSymbol),
    })),
  }
}

function supplyCapOf(symbol: AssetSymbol): bigint {
  const { initialPrice, decimals } = assets[symbol]
  return (BigInt(supplyCapDollars) * 10n ** BigInt(8 + decimals)) / initialPrice
}
