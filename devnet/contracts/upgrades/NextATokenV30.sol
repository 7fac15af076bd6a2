// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {AToken} from "@aave/core-v3/contracts/protocol/tokenization/AToken.sol";
import {IPool} from "@aave/core-v3/contracts/interfaces/IPool.sol";

/// @notice The aToken of v3.0 under the next revision, for upgrades in the middle of a market's life.
contract NextATokenV30 is AToken {
    constructor(IPool pool) AToken(pool) {}

    function getRevision() internal pure override returns (uint256) {
        return ATOKEN_REVISION + 1;
    }
}
