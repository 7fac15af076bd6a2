import { parseAbi } from 'viem'

/** What Morpho asks of every interest rate model, and the event and view of the adaptive curve. */
export const morphoRateModelAbi = parseAbi([
  'struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }',
  'struct Market { uint128 totalSupplyAssets; uint128 totalSupplyShares; uint128 totalBorrowAssets; uint128 totalBorrowShares; uint128 lastUpdate; uint128 fee; }',
  'event BorrowRateUpdate(bytes32 indexed id, uint256 avgBorrowRate, uint256 rateAtTarget)',
  'function borrowRateView(MarketParams marketParams, Market market) view returns (uint256)',
  'function rateAtTarget(bytes32 id) view returns (int256)',
])
