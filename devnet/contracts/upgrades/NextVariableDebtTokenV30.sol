// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {VariableDebtToken} from "@aave/core-v3/contracts/protocol/tokenization/VariableDebtToken.sol";
import {IPool} from "@aave/core-v3/contracts/interfaces/IPool.sol";

/// @notice The variable debt token of v3.0 under the next revision.
contract NextVariableDebtTokenV30 is VariableDebtToken {
    constructor(IPool pool) VariableDebtToken(pool) {}

    function getRevision() internal pure override returns (uint256) {
        return DEBT_TOKEN_REVISION + 1;
    }
}
