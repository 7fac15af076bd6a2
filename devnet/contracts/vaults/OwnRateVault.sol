// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice A vault whose shares gain value by the second, as savings vaults do: nothing it emits says by how much.
contract OwnRateVault is ERC4626 {
    using Math for uint256;

    uint256 private constant WAD = 1e18;
    uint256 private immutable _since = block.timestamp;
    /// @notice Simple interest per second, a wad.
    uint256 private constant RATE = 1e9;

    constructor(IERC20 asset_, string memory symbol_) ERC20(symbol_, symbol_) ERC4626(asset_) {}

    function totalAssets() public view override returns (uint256) {
        return _convertToAssets(totalSupply(), Math.Rounding.Floor);
    }

    function _rate() private view returns (uint256) {
        return WAD + RATE * (block.timestamp - _since);
    }

    function _convertToAssets(uint256 shares, Math.Rounding rounding) internal view override returns (uint256) {
        return shares.mulDiv(_rate(), WAD, rounding);
    }

    function _convertToShares(uint256 assets, Math.Rounding rounding) internal view override returns (uint256) {
        return assets.mulDiv(WAD, _rate(), rounding);
    }
}
