// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/// @notice The collateral assets of one Comet stand-in: part of its code, so replaced with it.
contract CometAssetsStandIn {
    struct AssetInfo {
        uint8 offset;
        address asset;
        address priceFeed;
        uint64 scale;
        uint64 borrowCollateralFactor;
        uint64 liquidateCollateralFactor;
        uint64 liquidationFactor;
        uint128 supplyCap;
    }

    error BadAsset();

    AssetInfo[] private _infos;

    constructor(AssetInfo[] memory infos) {
        for (uint256 i; i < infos.length; ++i) {
            infos[i].offset = uint8(i);
            _infos.push(infos[i]);
        }
    }

    function count() external view returns (uint8) {
        return uint8(_infos.length);
    }

    function info(uint8 i) external view returns (AssetInfo memory) {
        if (i >= _infos.length) revert BadAsset();
        return _infos[i];
    }

    function infoOf(address asset) external view returns (AssetInfo memory) {
        for (uint256 i; i < _infos.length; ++i) {
            if (_infos[i].asset == asset) return _infos[i];
        }
        revert BadAsset();
    }
}
