// SPDX-License-Identifier: GPL-2.0-or-later
pragma solidity 0.8.19;

import {IOracle} from "@morpho-org/morpho-blue/src/interfaces/IOracle.sol";

interface IFeed {
    function decimals() external view returns (uint8);

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

/// @notice A stand-in for MorphoChainlinkOracleV2, whose code is in no package: the collateral's feed over the loan token's, scaled by
/// 36 decimals and those of the tokens and feeds.
contract FeedOracleStandIn is IOracle {
    IFeed public immutable COLLATERAL_FEED;
    IFeed public immutable LOAN_FEED;
    uint256 public immutable SCALE_FACTOR;

    constructor(IFeed collateralFeed, IFeed loanFeed, uint256 collateralDecimals, uint256 loanDecimals) {
        COLLATERAL_FEED = collateralFeed;
        LOAN_FEED = loanFeed;
        SCALE_FACTOR = 10 ** (36 + loanDecimals + loanFeed.decimals() - collateralDecimals - collateralFeed.decimals());
    }

    function price() external view returns (uint256) {
        return SCALE_FACTOR * _answer(COLLATERAL_FEED) / _answer(LOAN_FEED);
    }

    function _answer(IFeed feed) private view returns (uint256) {
        (, int256 answer,,,) = feed.latestRoundData();
        require(answer >= 0, "negative answer");
        return uint256(answer);
    }
}
