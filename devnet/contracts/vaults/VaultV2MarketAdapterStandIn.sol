// SPDX-License-Identifier: GPL-2.0-or-later
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Id, IMorpho, MarketParams} from "@morpho-org/morpho-blue/src/interfaces/IMorpho.sol";
import {MarketParamsLib} from "@morpho-org/morpho-blue/src/libraries/MarketParamsLib.sol";
import {MorphoBalancesLib} from "@morpho-org/morpho-blue/src/libraries/periphery/MorphoBalancesLib.sol";
import {VaultV2StandIn} from "./VaultV2StandIn.sol";

/// @notice A stand-in for the adapter through which a Vault V2 lends in Morpho Blue. What it has in a market is its position there, whoever paid for it,
/// and counts while the vault's books allocate something to that market.
contract VaultV2MarketAdapterStandIn {
    using MarketParamsLib for MarketParams;
    using MorphoBalancesLib for IMorpho;

    address public immutable parentVault;
    address public immutable asset;
    address public immutable morpho;
    bytes32 public immutable adapterId;
    MarketParams[] public marketParamsList;

    constructor(VaultV2StandIn vault, IMorpho morpho_) {
        parentVault = address(vault);
        asset = vault.asset();
        morpho = address(morpho_);
        adapterId = keccak256(abi.encode("this", address(this)));
        IERC20(asset).approve(address(morpho_), type(uint256).max);
        IERC20(asset).approve(address(vault), type(uint256).max);
    }

    function allocate(bytes memory data, uint256 assets, bytes4, address) external returns (bytes32[] memory, int256) {
        MarketParams memory params = _checked(data);
        if (assets > 0) IMorpho(morpho).supply(params, assets, 0, address(this), "");
        return _counted(params);
    }

    function deallocate(bytes memory data, uint256 assets, bytes4, address) external returns (bytes32[] memory, int256) {
        MarketParams memory params = _checked(data);
        if (assets > 0) IMorpho(morpho).withdraw(params, assets, 0, address(this), address(this));
        return _counted(params);
    }

    function realAssets() external view returns (uint256 assets) {
        for (uint256 i; i < marketParamsList.length; ++i) {
            assets += IMorpho(morpho).expectedSupplyAssets(marketParamsList[i], address(this));
        }
    }

    function marketParamsListLength() external view returns (uint256) {
        return marketParamsList.length;
    }

    function allocation(MarketParams memory params) public view returns (uint256) {
        return VaultV2StandIn(parentVault).allocation(ids(params)[2]);
    }

    function ids(MarketParams memory params) public view returns (bytes32[] memory all) {
        all = new bytes32[](3);
        all[0] = adapterId;
        all[1] = keccak256(abi.encode("collateralToken", params.collateralToken));
        all[2] = keccak256(abi.encode("this/marketParams", address(this), params));
    }

    function _checked(bytes memory data) private view returns (MarketParams memory params) {
        require(msg.sender == parentVault, "not the vault");
        params = abi.decode(data, (MarketParams));
        require(params.loanToken == asset, "another loan token");
    }

    function _counted(MarketParams memory params) private returns (bytes32[] memory, int256) {
        uint256 before = allocation(params);
        uint256 present = IMorpho(morpho).expectedSupplyAssets(params, address(this));
        if (before == 0 && present > 0) marketParamsList.push(params);
        if (before > 0 && present == 0) _drop(Id.unwrap(params.id()));
        return (ids(params), int256(present) - int256(before));
    }

    function _drop(bytes32 id) private {
        uint256 last = marketParamsList.length - 1;
        for (uint256 i; i <= last; ++i) {
            if (Id.unwrap(marketParamsList[i].id()) != id) continue;
            marketParamsList[i] = marketParamsList[last];
            marketParamsList.pop();
            return;
        }
    }
}
