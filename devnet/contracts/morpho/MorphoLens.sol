// SPDX-License-Identifier: GPL-2.0-or-later
pragma solidity 0.8.19;

import {Id, IMorpho, MarketParams} from "@morpho-org/morpho-blue/src/interfaces/IMorpho.sol";
import {MorphoBalancesLib} from "@morpho-org/morpho-blue/src/libraries/periphery/MorphoBalancesLib.sol";

/// @notice Morpho's own library of expected balances as views, to compare ours with.
contract MorphoLens {
    using MorphoBalancesLib for IMorpho;

    IMorpho public immutable MORPHO;

    constructor(IMorpho morpho) {
        MORPHO = morpho;
    }

    /// @return supplyAssets supplyShares, borrowAssets and borrowShares, accrued to the block.
    function marketBalances(Id id) external view returns (uint256, uint256, uint256, uint256) {
        return MORPHO.expectedMarketBalances(_params(id));
    }

    function supplyAssets(Id id, address account) external view returns (uint256) {
        return MORPHO.expectedSupplyAssets(_params(id), account);
    }

    function borrowAssets(Id id, address account) external view returns (uint256) {
        return MORPHO.expectedBorrowAssets(_params(id), account);
    }

    function _params(Id id) private view returns (MarketParams memory) {
        return MORPHO.idToMarketParams(id);
    }
}
