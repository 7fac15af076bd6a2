// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Takes flash loans of Aave v3 and pays them back from its own balance, which anybody may fill beforehand.
contract FlashBorrower {
    function executeOperation(
        address[] calldata assets,
        uint256[] calldata amounts,
        uint256[] calldata premiums,
        address,
        bytes calldata
    ) external returns (bool) {
        for (uint256 i; i < assets.length; ++i) {
            IERC20(assets[i]).approve(msg.sender, amounts[i] + premiums[i]);
        }
        return true;
    }

    function executeOperation(
        address asset,
        uint256 amount,
        uint256 premium,
        address,
        bytes calldata
    ) external returns (bool) {
        IERC20(asset).approve(msg.sender, amount + premium);
        return true;
    }
}
