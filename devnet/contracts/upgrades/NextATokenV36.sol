// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {AToken} from "@aave-dao/aave-v3-origin/src/contracts/protocol/tokenization/AToken.sol";
import {IPool} from "@aave-dao/aave-v3-origin/src/contracts/interfaces/IPool.sol";

/// @notice The aToken of v3.6 under the next revision, for upgrades in the middle of a market's life.
contract NextATokenV36 is AToken {
    uint256 public constant ATOKEN_REVISION = 6;

    constructor(IPool pool, address rewards, address treasury) AToken(pool, rewards, treasury) {}

    function initialize(
        IPool,
        address underlying,
        uint8 decimals_,
        string calldata name_,
        string calldata symbol_,
        bytes calldata params
    ) public override initializer {
        _underlyingAsset = underlying;
        _setDecimals(decimals_);
        _setName(name_);
        _setSymbol(symbol_);
        _domainSeparator = _calculateDomainSeparator();
        address rewards = address(REWARDS_CONTROLLER);
        emit Initialized(underlying, address(POOL), TREASURY, rewards, decimals_, name_, symbol_, params);
    }

    function getRevision() internal pure override returns (uint256) {
        return ATOKEN_REVISION;
    }
}
