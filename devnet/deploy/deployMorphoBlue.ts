import { type Address, encodeAbiParameters, keccak256, parseUnits, zeroAddress } from 'viem'
import { type AssetSymbol, assets } from '../assets'
import { contractCall } from '../chain/contractCall'
import { deployContract } from '../chain/deployContract'
import type { Contract, LocalChain } from '../chain/types'
import type { compileMorphoBlue } from '../compile/morphoBlue'
import { morphoPriceOf } from './morphoPriceOf'
import type { ByAsset, Foundation, MorphoBlue, MorphoMarket, MorphoMarketParams } from './types'

type Artifacts = Awaited<ReturnType<typeof compileMorphoBlue>>

const lltvs = { none: 0n, common: parseUnits('0.86', 18), correlated: parseUnits('0.945', 18) }

/** Part of the interest the protocol takes where it takes any, a wad. */
const fee = parseUnits('0.1', 18)

/**
 * Morpho Blue with a market for each kind of oracle and rate model: two by feeds on the adaptive curve, one by a price and a rate that emit nothing,
 * and one that is only lent to.
 */
export async function deployMorphoBlue(
  chain: LocalChain,
  artifacts: Artifacts,
  owner: Address,
  feeRecipient: Address,
  { tokens, feeds }: Foundation,
  prices: ByAsset<bigint>,
): Promise<MorphoBlue> {
  const core = await deployContract(chain, owner, artifacts.Morpho, [owner])
  const adaptiveCurve = await deployContract(chain, owner, artifacts.AdaptiveCurveStandIn, [core.address])
  const utilizationRate = await deployContract(chain, owner, artifacts.IrmMock)
  const setOracle = await deployContract(chain, owner, artifacts.OracleMock)
  const flashBorrower = await deployContract(chain, owner, artifacts.FlashBorrowerMock, [core.address])
  const lens = await deployContract(chain, owner, artifacts.MorphoLens, [core.address])
  const { number } = await chain.mine()
  const feedOracle = (collateral: AssetSymbol, loan: AssetSymbol) =>
    deployContract(chain, owner, artifacts.FeedOracleStandIn, [
      feeds[collateral].proxy.address,
      feeds[loan].proxy.address,
      assets[collateral].decimals,
      assets[loan].decimals,
    ])
  for (const rateModel of [adaptiveCurve.address, utilizationRate.address, zeroAddress])
    await chain.send(contractCall(owner, core, 'enableIrm', [rateModel]))
  for (const lltv of Object.values(lltvs)) await chain.send(contractCall(owner, core, 'enableLltv', [lltv]))
  await chain.send(contractCall(owner, core, 'setFeeRecipient', [feeRecipient]))
  await chain.send(contractCall(owner, setOracle, 'setPrice', [morphoPriceOf('WBTC', 'USDC', prices)]))

  const market = (
    collateral: AssetSymbol | null,
    loan: AssetSymbol,
    oracle: Contract | null,
    rateModel: Contract | null,
    lltv: bigint,
  ): MorphoMarket => {
    const params = {
      loanToken: tokens[loan].address,
      collateralToken: collateral === null ? zeroAddress : tokens[collateral].address,
      oracle: oracle?.address ?? zeroAddress,
      irm: rateModel?.address ?? zeroAddress,
      lltv,
    }
    return { id: marketId(params), params, collateral, loan, oracle, rateModel }
  }
  const { common, correlated, none } = lltvs
  const markets = {
    wethUsdc: market('WETH', 'USDC', await feedOracle('WETH', 'USDC'), adaptiveCurve, common),
    wstethWeth: market('wstETH', 'WETH', await feedOracle('wstETH', 'WETH'), adaptiveCurve, correlated),
    wbtcUsdc: market('WBTC', 'USDC', setOracle, utilizationRate, common),
    idleUsdc: market(null, 'USDC', null, null, none),
  }
  for (const { params } of Object.values(markets)) await chain.send(contractCall(owner, core, 'createMarket', [params]))
  for (const { params } of [markets.wethUsdc, markets.wbtcUsdc])
    await chain.send(contractCall(owner, core, 'setFee', [params, fee]))
  await chain.mine()
  return { core, adaptiveCurve, utilizationRate, setOracle, flashBorrower, lens, markets, startBlock: Number(number) }
}

/** A market's id: the hash of what it is. */
function marketId(params: MorphoMarketParams) {
  const { loanToken, collateralToken, oracle, irm, lltv } = params
  return keccak256(
    encodeAbiParameters(
      [{ type: 'address' }, { type: 'address' }, { type: 'address' }, { type: 'address' }, { type: 'uint256' }],
      [loanToken, collateralToken, oracle, irm, lltv],
    ),
  )
}
