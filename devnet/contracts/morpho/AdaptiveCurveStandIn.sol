// SPDX-License-Identifier: GPL-2.0-or-later
pragma solidity 0.8.19;

import {IIrm} from "@morpho-org/morpho-blue/src/interfaces/IIrm.sol";
import {Id, Market, MarketParams} from "@morpho-org/morpho-blue/src/interfaces/IMorpho.sol";

/// @notice A stand-in for Morpho's AdaptiveCurveIrm, whose code is in no package: written from the published mechanics and constants, with its event
/// and views.
contract AdaptiveCurveStandIn is IIrm {
    event BorrowRateUpdate(Id indexed id, uint256 avgBorrowRate, uint256 rateAtTarget);

    int256 private constant WAD = 1e18;
    int256 private constant STEEPNESS = 4 ether;
    int256 private constant TARGET_UTILIZATION = 0.9 ether;
    int256 private constant ADJUSTMENT_SPEED = 50 ether / int256(365 days);
    int256 private constant INITIAL_RATE = 0.04 ether / int256(365 days);
    int256 private constant MIN_RATE = 0.001 ether / int256(365 days);
    int256 private constant MAX_RATE = 2 ether / int256(365 days);
    int256 private constant LN_2 = 0.693147180559945309 ether;
    int256 private constant SMALLEST_EXPONENT = -41.446531673892822312 ether;
    int256 private constant LARGEST_EXPONENT = 93.859467695000404319 ether;
    int256 private constant LARGEST_EXPONENTIAL = 57716089161558943949701069502944508345128.422502756744429568 ether;

    address public immutable MORPHO;
    mapping(Id => int256) public rateAtTarget;

    constructor(address morpho) {
        MORPHO = morpho;
    }

    function borrowRateView(MarketParams memory params, Market memory market) external view returns (uint256) {
        (int256 average,) = _rate(_id(params), market);
        return uint256(average);
    }

    function borrowRate(MarketParams memory params, Market memory market) external returns (uint256) {
        require(msg.sender == MORPHO, "not Morpho");
        Id id = _id(params);
        (int256 average, int256 end) = _rate(id, market);
        rateAtTarget[id] = end;
        emit BorrowRateUpdate(id, uint256(average), uint256(end));
        return uint256(average);
    }

    function _id(MarketParams memory params) private pure returns (Id) {
        return Id.wrap(keccak256(abi.encode(params)));
    }

    function _rate(Id id, Market memory market) private view returns (int256 average, int256 end) {
        int256 utilization = market.totalSupplyAssets == 0
            ? int256(0)
            : int256(uint256(market.totalBorrowAssets) * uint256(WAD) / market.totalSupplyAssets);
        int256 room = utilization > TARGET_UTILIZATION ? WAD - TARGET_UTILIZATION : TARGET_UTILIZATION;
        int256 error = (utilization - TARGET_UTILIZATION) * WAD / room;
        int256 start = rateAtTarget[id];
        int256 atTarget;
        if (start == 0) {
            atTarget = INITIAL_RATE;
            end = INITIAL_RATE;
        } else {
            int256 adaptation = (ADJUSTMENT_SPEED * error / WAD) * int256(block.timestamp - market.lastUpdate);
            end = _adapted(start, adaptation);
            atTarget = adaptation == 0 ? start : (start + end + 2 * _adapted(start, adaptation / 2)) / 4;
        }
        int256 coefficient = error < 0 ? WAD - WAD * WAD / STEEPNESS : STEEPNESS - WAD;
        average = (coefficient * error / WAD + WAD) * atTarget / WAD;
    }

    function _adapted(int256 start, int256 adaptation) private pure returns (int256 rate) {
        if (adaptation == 0) return start;
        rate = start * _exp(adaptation) / WAD;
        if (rate < MIN_RATE) return MIN_RATE;
        if (rate > MAX_RATE) return MAX_RATE;
    }

    function _exp(int256 x) private pure returns (int256) {
        if (x < SMALLEST_EXPONENT) return 0;
        if (x >= LARGEST_EXPONENT) return LARGEST_EXPONENTIAL;
        int256 q = (x + (x < 0 ? -(LN_2 / 2) : LN_2 / 2)) / LN_2;
        int256 r = x - q * LN_2;
        int256 remainder = WAD + r + (r * r) / WAD / 2;
        return q >= 0 ? remainder << uint256(q) : remainder >> uint256(-q);
    }
}
