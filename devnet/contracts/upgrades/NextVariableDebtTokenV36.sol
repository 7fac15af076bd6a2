// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {
    VariableDebtToken
} from "@aave-dao/aave-v3-origin/src/contracts/protocol/tokenization/VariableDebtToken.sol";
import {IPool} from "@aave-dao/aave-v3-origin/src/contracts/interfaces/IPool.sol";

/// @notice The variable debt token of v3.6 under the next revision.
contract NextVariableDebtTokenV36 is VariableDebtToken {
    uint256 public constant DEBT_TOKEN_REVISION = 6;

    constructor(IPool pool, address rewards) VariableDebtToken(pool, rewards) {}

    function initialize(
        IPool,
        address underlying,
        uint8 decimals_,
        string memory name_,
        string memory symbol_,
        bytes calldata params
    ) external override initializer {
        _underlyingAsset = underlying;
        _setDecimals(decimals_);
        _setName(name_);
        _setSymbol(symbol_);
        _domainSeparator = _calculateDomainSeparator();
        emit Initialized(underlying, address(POOL), address(REWARDS_CONTROLLER), decimals_, name_, symbol_, params);
    }

    function getRevision() internal pure override returns (uint256) {
        return DEBT_TOKEN_REVISION;
    }
}
