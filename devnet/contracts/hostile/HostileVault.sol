// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice A vault that answers whatever its mode says when it is asked what shares are worth.
contract HostileVault is ERC4626 {
    /// @notice 0 honest, 1 reverts, 2 burns all gas, 3 says that shares are worth 2^255, 4 answers with a megabyte.
    uint256 public mode;

    constructor(IERC20 asset_, string memory symbol_) ERC20(symbol_, symbol_) ERC4626(asset_) {}

    function setMode(uint256 mode_) external {
        mode = mode_;
    }

    /// @notice Shares out of nothing.
    function conjure(address to, uint256 shares) external {
        _mint(to, shares);
    }

    function _convertToAssets(uint256 shares, Math.Rounding rounding) internal view override returns (uint256) {
        if (mode == 1) revert("no");
        if (mode == 2) assembly { invalid() }
        if (mode == 3) return 2 ** 255;
        if (mode == 4) {
            assembly {
                return(0, 1000000)
            }
        }
        return super._convertToAssets(shares, rounding);
    }
}
