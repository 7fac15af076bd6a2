// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {TestToken} from "./TestToken.sol";

/// @notice Stand-in for a wrapped staked ether: a non-rebasing share whose rate in ether only an owner moves.
contract WrappedStakedEther is TestToken {
    address public immutable owner;

    /// @notice Ether per token, 18 decimals.
    uint256 public stEthPerToken;

    event RateChanged(uint256 stEthPerToken);

    error NotOwner();

    constructor(uint256 initialRate) TestToken("Wrapped staked Ether (stand-in)", "wstETH", 18) {
        owner = msg.sender;
        stEthPerToken = initialRate;
    }

    function setRate(uint256 rate) external {
        if (msg.sender != owner) revert NotOwner();
        stEthPerToken = rate;
        emit RateChanged(rate);
    }

    function getStETHByWstETH(uint256 amount) external view returns (uint256) {
        return Math.mulDiv(amount, stEthPerToken, 1e18);
    }

    function getWstETHByStETH(uint256 amount) external view returns (uint256) {
        return Math.mulDiv(amount, 1e18, stEthPerToken);
    }
}
