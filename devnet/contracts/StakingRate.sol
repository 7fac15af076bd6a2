// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {WrappedStakedEther} from "./WrappedStakedEther.sol";

/// @notice A wrapped staked ether's own rate in the form of a price feed: ether per token, 18 decimals. It has no aggregator behind it
/// and emits nothing, so it has to be read.
contract StakingRate {
    WrappedStakedEther private immutable token;

    constructor(WrappedStakedEther token_) {
        token = token_;
    }

    function decimals() external pure returns (uint8) {
        return 18;
    }

    function description() external pure returns (string memory) {
        return "wstETH / WETH";
    }

    function latestAnswer() external view returns (int256) {
        return int256(token.stEthPerToken());
    }
}
